"""Adapts the bundled encoder to questions about plans: see `eval.adapt.train`."""
