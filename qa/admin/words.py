"""The words of /admin: Vietnamese first, English beside it."""

from __future__ import annotations

from html import escape

Pair = tuple[str, str]

TITLE: Pair = ("Quản trị planqa", "Administration")
LOG_IN: Pair = ("Đăng nhập", "Log in")
LOG_OUT: Pair = ("Đăng xuất", "Log out")
PASSWORD: Pair = ("Mật khẩu", "Password")
BACK: Pair = ("Về trang hỏi đáp", "To the questions")
DOCUMENTS: Pair = ("Văn bản", "Documents")
UPLOAD: Pair = ("Tải văn bản lên", "Upload documents")
FILES: Pair = ("Chọn tệp (một hay nhiều)", "Choose files (one or several)")
SEND: Pair = ("Tải lên", "Upload")
PROGRESS: Pair = ("Tiến độ", "Progress")
LOG: Pair = ("Nhật ký", "Log")
REMOVE: Pair = ("Gỡ", "Remove")
REMOVE_THIS: Pair = ("Gỡ văn bản này?", "Remove this document?")
REMOVE_NOTE: Pair = (
    "Sau khi gỡ, không câu trả lời nào lấy từ văn bản này nữa. Tệp gốc vẫn được giữ trên máy chủ.",
    "No answer will be taken from it any more. The original file stays on the server.",
)
REALLY: Pair = ("Gỡ khỏi kho văn bản", "Remove from the corpus")
CANCEL: Pair = ("Không gỡ", "Keep it")
STOP: Pair = ("Dừng việc đang chạy", "Stop what is running")
RELOAD: Pair = ("Xem lại", "Refresh")
NO_JOBS: Pair = ("Không có việc nào.", "Nothing was asked for.")
NO_LOG: Pair = ("Nhật ký còn trống.", "The log is empty.")
WARNINGS: Pair = ("Cảnh báo khi đọc", "Warnings")
NO_PASSWORD: Pair = ("Chưa đặt mật khẩu quản trị.", "No administrator's password is set.")
HOW: Pair = (
    "Trên máy chủ, chạy lệnh sau rồi mở lại trang này:",
    "On the server, run this command, then open this page again:",
)
NOT_TAKEN: Pair = ("Không nhận", "Not taken")
STATES: dict[str, Pair] = {
    "waiting": ("Đang chờ", "Waiting"),
    "running": ("Đang chạy", "Running"),
    "done": ("Xong", "Done"),
    "failed": ("Không thành; kho văn bản giữ nguyên", "Failed; the corpus is as it was"),
    "stopped": ("Đã dừng; kho văn bản giữ nguyên", "Stopped; the corpus is as it was"),
}
OUTCOMES: dict[str, Pair] = {
    "added": ("Đã thêm", "Added"),
    "known": ("Đã có sẵn", "Was there already"),
    "refused": ("Không nhận", "Refused"),
}
DOING: dict[str, Pair] = {
    "wait": ("Chờ lệnh khác ghi xong", "Waiting for another command"),
    "read files": ("Đọc tệp", "Reading files"),
    "read documents": ("Đọc văn bản", "Reading documents"),
}
INDEXING: Pair = ("Lập chỉ mục", "Indexing")
EVENTS: dict[str, Pair] = {
    "log in": ("đăng nhập", "log in"),
    "upload": ("tải lên", "upload"),
    "ingest": ("nạp", "ingest"),
    "remove": ("gỡ", "remove"),
}
ADDING: Pair = ("Thêm", "Add")
REMOVING: Pair = ("Gỡ", "Remove")
UNEXPECTED: Pair = ("Có lỗi ngoài dự kiến, xin thử lại.", "Something went wrong, please try again.")


def both(words: Pair) -> str:
    """Both languages as HTML: what one reads first, and the other, smaller, beside it."""
    vietnamese, english = (escape(text) for text in words)
    return f'<span lang="vi">{vietnamese}</span> <small lang="en">{english}</small>'


def plain(words: Pair) -> str:
    """Both languages for a place that takes no HTML, such as a title."""
    return f"{words[0]} · {words[1]}"


def limits(files: int, most: int, altogether: int, kinds: str) -> Pair:
    """What an upload may have; sizes in MB."""
    return (
        f"Tối đa {files} tệp, mỗi tệp {most} MB, cả lần {altogether} MB; loại tệp: {kinds}.",
        f"At most {files} files, {most} MB each, {altogether} MB altogether; kinds: {kinds}.",
    )
