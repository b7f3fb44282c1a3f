"""The speed benchmark: planqa beside other systems on the same texts, cold starts, and growth to a million passages."""
