"""The words of the page itself, Vietnamese and English: what stands around the box, the tabs and the messages.

Words of an answer or a document are in `labels`. Static parts of the page hold both languages and the style sheet
shows one; gradio's own parts take theirs through `gr.I18n`; the scripts get `WORDS` of their language.
"""

from __future__ import annotations

from html import escape

Pair = tuple[str, str]

TITLE: Pair = ("planqa · Hỏi đáp kế hoạch", "planqa · Ask the plans")
TAGLINE: Pair = (
    "Hỏi kế hoạch, nhận câu trả lời kèm đoạn văn bản chứng minh.",
    "Ask the plans; every answer comes with the passage that proves it.",
)
QUESTION: Pair = ("Câu hỏi", "Your question")
PLACEHOLDER: Pair = ("Có dấu, không dấu hoặc tiếng Anh", "In English or Vietnamese")
SEND: Pair = ("Hỏi", "Ask")
GUIDE: Pair = ("Hướng dẫn", "User guide")
SKIP: Pair = ("Đến ô câu hỏi", "Skip to the question")
TABS: dict[str, Pair] = {
    "ask": ("Hỏi đáp", "Ask"),
    "tasks": ("Nhiệm vụ", "Tasks"),
    "targets": ("Chỉ tiêu", "Targets"),
    "documents": ("Văn bản", "Documents"),
}
FOLLOW: Pair = ("Hỏi tiếp về câu trả lời này", "Ask on about this answer")
FOLLOW_SEND: Pair = ("Hỏi tiếp", "Ask on")
OPINION: Pair = ("Câu trả lời này", "This answer is")
VERDICTS: dict[str, Pair] = {
    "right": ("Đúng", "Right"),
    "wrong": ("Sai", "Wrong"),
    "missing": ("Thiếu", "Incomplete"),
}
NOTE: Pair = ("Ghi chú, nếu có", "Note, if any")
SUBMIT: Pair = ("Gửi góp ý", "Send feedback")
FILTERS: Pair = ("Bộ lọc", "Filters")
ANY: Pair = ("Tất cả", "Any")
PROVINCE: Pair = ("Tỉnh", "Province")
DOCUMENT: Pair = ("Văn bản", "Document")
ISSUED: Pair = ("Năm ban hành", "Year of issue")
KIND: Pair = ("Loại đoạn", "Kind of passage")
KINDS: dict[str, Pair] = {
    "target": ("Chỉ tiêu", "Targets"),
    "task": ("Nhiệm vụ", "Tasks"),
    "assignment": ("Phân công", "Assignments"),
    "result": ("Kết quả đã đạt", "Past results"),
    "budget": ("Kinh phí", "Budget"),
    "legal-basis": ("Căn cứ pháp lý", "Legal basis"),
    "recipients": ("Nơi nhận", "Recipients"),
    "other": ("Khác", "Other"),
}
EXAMPLES: Pair = ("Câu hỏi gợi ý", "Example questions")

WORDS: dict[str, Pair] = {
    "title": TITLE,
    "busy": ("Đang tìm trong các văn bản…", "Searching the documents…"),
    "opening": ("Đang mở văn bản…", "Opening the document…"),
    "slow": ("Máy chủ vẫn đang xử lý, xin chờ thêm…", "The server is still working, please wait…"),
    "full": ("Hiện có quá nhiều người hỏi.", "Too many people are asking just now."),
    "large": ("Câu hỏi quá dài; hãy rút gọn.", "The question is too long; please shorten it."),
    "lost": ("Mất kết nối với máy chủ.", "The server cannot be reached."),
    "again": ("Thử lại sau {n} giây.", "Trying again in {n} s."),
    "trying": ("Đang thử lại…", "Trying again…"),
    "now": ("Thử ngay", "Try now"),
    "back": ("Đã kết nối lại.", "Connected again."),
    "copied": ("Đã chép vào bộ nhớ tạm.", "Copied to the clipboard."),
    "copied_short": ("Đã chép", "Copied"),
    "not_copied": (
        "Trình duyệt không cho chép; hãy chọn và chép bằng tay.",
        "The browser refused; select and copy by hand.",
    ),
    "thanks": ("Đã ghi nhận góp ý, cảm ơn.", "Thank you, your feedback was kept."),
    "not_kept": ("Không ghi nhận được góp ý; xin thử lại sau.", "Your feedback could not be kept; please try later."),
    "chips": ("Đã hiểu và đang lọc", "Understood and filtered"),
    "drop": ("Bỏ", "Remove"),
    "asked_province": ("Tỉnh", "Province"),
    "asked_document": ("Văn bản", "Document"),
    "asked_year": ("Năm", "Year"),
    "asked_wants": ("Hỏi", "Asks for"),
    "asked_follow": ("Hiểu là", "Understood as"),
    "filter_province": ("Lọc tỉnh", "Only province"),
    "filter_document": ("Lọc văn bản", "Only document"),
    "filter_year": ("Lọc năm ban hành", "Only issued in"),
    "filter_kind": ("Lọc loại đoạn", "Only"),
}


def pick(pair: Pair, language: str) -> str:
    """The words of one language."""
    return pair[1] if language == "en" else pair[0]


def both(pair: Pair) -> str:
    """Both languages as HTML, of which the style sheet shows one."""
    return (
        f'<span class="pq-vi" lang="vi">{escape(pair[0])}</span><span class="pq-en" lang="en">{escape(pair[1])}</span>'
    )


def words(language: str) -> dict[str, str]:
    """What the scripts of the page say, in one language."""
    return {name: pick(pair, language) for name, pair in WORDS.items()}
