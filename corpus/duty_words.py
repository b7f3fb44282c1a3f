"""Words that duties in running text are told by: how a predicate begins, and how the name of an agency does."""

from __future__ import annotations

VERBS = (
    r"chủ trì|chủ động|có trách nhiệm|chịu trách nhiệm|phối hợp|tham mưu|thực hiện"
    r"|tổ chức(?!\s+(?:chính trị|xã hội|đoàn thể|thành viên|có|cá nhân|khác|hội|kinh tế|quốc tế|,))"
    r"|hướng dẫn|xây dựng|rà soát|triển khai|đẩy mạnh|tăng cường"
    r"|theo dõi|kiểm tra|đôn đốc|nghiên cứu|đề xuất|trình|báo cáo|ban hành|cung cấp|đảm bảo|bảo đảm"
    r"|tuyên truyền|phổ biến|lồng ghép|căn cứ|chỉ đạo"
    r"|bố trí|cân đối|thẩm định|tổng hợp|vận động|phát triển|quản lý|giám sát|đánh giá|hoàn thiện"
    r"|lựa chọn|kết nối|giải quyết|xử lý|hỗ trợ|khuyến khích"
    r"|thống nhất|thành lập|thiết lập|công khai|ký kết"
    r"|lập|phân bổ|mở|duy trì|nâng cao|ứng dụng|tiếp tục|khẩn trương|phát hiện|tập huấn|bồi dưỡng"
    r"|đào tạo|cụ thể|huy động|quán triệt"
    r"|tích hợp|tiếp nhận|công bố|cập nhật|niêm yết|phê duyệt|thông báo|đăng tải|quyết định|định kỳ"
    r"|thường xuyên|kịp thời|trong|khi"
    r"|để|nhằm|theo|trên cơ sở|tiến hành|bảo vệ|khảo sát|thống kê|in ấn|biên soạn|giúp|làm|gửi|cử"
    r"|điều tra|xác minh|tham gia|điều phối|ưu tiên|khai thác|kiểm soát|thúc đẩy|nâng cấp|yêu cầu|xác định"
    r"|(?<!nhà )(?<!chủ )(?<!và )đầu tư(?! công)"
)
NAMES = (
    r"(?:[Cc]ác\s+(?:[Ss]ở|[Bb]an|đơn vị|cơ quan|doanh nghiệp|địa phương|tổ chức|[Hh]ội|ngân hàng|xã"
    r"|huyện|phòng|phường|đoàn thể|cơ sở|trường|viện|bộ|chủ đầu tư|nhà mạng|nhà trường)"
    r"|Sở(?:,|\s+[A-ZĐ])|Sở\s+(?:và|có)"
    r"|Bộ (?:Chỉ huy|CHQS|[A-ZĐ])|Công an\s|UBND\s|HĐND\s|[ỦU][ỷyỳ]? ?[Bb]an\s+(?:nhân dân|Mặt trận"
    r"|MTTQ)|Ủy ban\s|Uỷ ban\s|Văn phòng\s|BQL\s|Ban (?:[A-ZĐ])"
    r"|Ngân hàng\s|Kho bạc\s|Bảo hiểm\s|Tỉnh đoàn|Thành đoàn|Đoàn\s(?:TN|Thanh)|Hội\s[A-ZĐ]"
    r"|Hiệp hội\s|Đài\s|Báo\s(?:và\s)?[A-ZĐ]|Cổng\s|Trung tâm\s[A-ZĐ]"
    r"|Chi cục\s|Cục\s|Thuế\s|Thanh tra\s|Thủ trưởng\s|Giám đốc\s|Chủ tịch\s|Chánh\s|Doanh nghiệp\s"
    r"|Viễn thông\s|VNPT|Viettel|Liên minh\s|Liên đoàn\s|Hiệu trưởng\s|Hội đồng\s|Chủ đầu tư\s"
    r"|Liên hiệp\s|Bưu điện\s|Tòa án\s|Viện\s(?:[A-ZĐ]|kiểm sát)|Mặt trận\s|MTTQ\s|Đại học\s|Trường\s(?:Đại|Cao"
    r"|Chính)|Tổ công nghệ|Người đứng đầu\s)"
)
