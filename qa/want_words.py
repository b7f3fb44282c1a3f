"""The words by which questions ask: phrases of each want, in Vietnamese with marks and in English.

A Vietnamese phrase also stands for itself without marks, so that what would then be another word is kept out here.
"""

from __future__ import annotations

VIETNAMESE = {
    "signer": "ai (là )?(người )?ký|người ký|ký ban hành|do ai ký|ai đã ký|ký thay|chữ ký của ai"
    r"|nào (là người |đã )?(đặt bút |hạ bút )?ký\b(?! (kết|số|hợp đồng|được|cam|thỏa))|đặt bút ký|ký duyệt"
    r"|(?<!chữ )ký\b.{1,60}\b(tên gì|tên là gì|là ai)|do (ông|bà|đồng chí|đ/c) .{2,40}(?<!chữ )ký\b(?! (kết|hợp đồng))"
    r"|(chủ tịch|giám đốc)( hay (phó )?(chủ tịch|giám đốc))? ký\b(?! (kết|hợp đồng))|chữ ký (trên|dưới|cuối)\b",
    "issued": (
        r"ngày ban hành|(được )?ban hành (khi nào|ngày nào|hôm nào|lúc nào|vào|ngày mấy|bao giờ)|ngày ký|ký ngày nào"
        r"|(ra đời|ký|công bố|hiệu lực|hiệu lực thi hành) (kể )?(khi nào|hôm nào|ngày nào|từ khi nào|từ ngày nào"
        r"|bao giờ|từ bao giờ)"
        r"|áp dụng từ (hôm|ngày|khi|bao)|phê duyệt (khi nào|ngày nào)"
        r"|(kế hoạch|quyết định|đề án|chỉ thị|văn bản|nghị quyết|chương trình) (số )?\d[\w/.-]*( của [\w ]+)?"
        r" ngày (nào|mấy)"
    ),
    "issuer": "ai ban hành|(cơ quan|đơn vị) nào ban hành|do (ai|cơ quan nào) ban hành",
    "number": r"(văn bản|quyết định|kế hoạch) (này )?số (mấy|bao nhiêu)|số hiệu( văn bản)?|số văn bản",
    "subject": (
        r"(kế hoạch|quyết định|đề án|chỉ thị|văn bản|nghị quyết|chương trình) (số )?\d[\w/.-]*( của [\w ]+)?"
        r" (là )?(nói )?về (cái |việc |vấn đề )?gì"
    ),
    "recipients": "nơi nhận|gửi cho những (đâu|cơ quan) nào|gửi đến những",
    "first_or_last": (
        r"(ra|ban hành|ký|ra đời|có) (sớm|muộn|trước|mới|cũ) nhất"
        r"|(văn bản|kế hoạch|bản|quyết định)( nào)? (sớm|muộn|mới|cũ) nhất"
    ),
    "legal_basis": "căn cứ|cơ sở pháp lý|(luật|nghị quyết|nghị định|chỉ thị|thông tư) (nào|số mấy)|bám theo"
    "|dựa (vào|trên)"
    "|theo (quyết định|nghị quyết|kế hoạch|văn bản) nào|(văn bản|quyết định|chiến lược) nào",
    "budget": (
        r"(lấy|kiếm|tìm|huy động) (tiền|vốn|kinh phí|nguồn)( \w+){0,3} (ở đâu|từ đâu|đâu ra)|tiền (ở )?đâu( ra)?"
        r"|(kinh phí|tiền|vốn|ngân sách)( \w+){0,8} (ở đâu|từ đâu|lấy đâu|đâu ra|(từ )?(những )?nguồn nào)"
        r"|nguồn (tiền|vốn|kinh phí|lực)( \w+){0,4} (nào|gì|đâu)|(ai|bên nào|nơi nào|cấp nào) (bỏ|chi|trả|lo|xuất)"
        r" (tiền|kinh phí)|(tiền|kinh phí) (do|của) (ai|cấp nào|đâu)|tự (bỏ|móc|lo) (tiền|kinh phí)"
        r"|lấy (từ )?(những |các )?(nguồn|khoản) nào"
    ),
    "reporting": "báo cáo",
    "how_often": (
        r"bao lâu (phải )?(báo cáo|một lần)|(báo cáo )?theo (tháng|quý|năm) hay|mỗi (tháng|quý|năm) hay"
        r"|chu kỳ(?! (số|điện tử|cá nhân|chuyên dùng))"
        r"|định kỳ|nhịp báo cáo|tần suất|mấy lần|hàng (tháng|quý) hay"
    ),
    "coordinating": (
        "phối hợp|hỗ trợ thêm|(ai|bên nào|đơn vị nào|cơ quan nào|doanh nghiệp nào|công ty nào) (cùng )?(hỗ trợ|giúp"
        "|tham gia|phụ giúp)"
        "|tham gia cùng|cùng tham gia|cùng làm|những bên nào"
    ),
    "directing": (
        r"(ai|tổ (\w+ ){0,3}nào|bên nào|cơ quan nào)[^?.,;]{0,25} chỉ (đạo|huy)|(người|đơn vị|cơ quan|tổ) chỉ (đạo|huy)"
        r"|do ai chỉ (đạo|huy)|chỉ đạo hay|chỉ (đạo|huy) của (ai|[^?.,;]{0,20} nào)"
    ),
    "who": (
        r"ai|(cơ quan|đơn vị|sở|ban|ngành|doanh nghiệp|tổ chức|bên|nơi|tổ|công ty|hội|đoàn|đoàn thể|hội đoàn|phòng|chỗ"
        r"|cấp|nhà mạng|ngân hàng|trung tâm|lực lượng) nào|sở gì"
        r"|chịu trách nhiệm|chủ trì|phụ trách|(?<!phấn )đầu mối|cơ quan thực hiện|giao cho|của sở nào|cầm trịch|hai sở"
    ),
    "when": (
        r"khi nào|bao giờ|lúc nào|chừng nào|hồi nào|thời hạn|hạn (chót|cuối|định|khi|tới|đến|ra sao|thế nào|nào|là"
        r"|hoàn|xong)"
        r"|có hạn|hạn\?|thời gian (hoàn thành|thực hiện|nào|thế nào|ra sao|tới)|mốc thời gian"
        r"|(đến|trước|vào|trong|từ|tới) (ngày|tháng|năm|hôm|quý|đâu) ?(nào|mấy)?\?|(tháng|năm|ngày|quý) mấy"
        r"|(năm|tháng|ngày|hôm|quý|thời điểm) nào|(ngày|tháng|quý) thứ mấy|(trong )?mấy (năm|tháng|ngày)|bao lâu|hạn$"
        r"|lúc mấy|kéo dài (đến|trong)|từ hôm nào|chậm nhất|(ngày|hôm|bữa|tháng|năm) mấy|mấy (bữa|hôm|tuần|giờ|tiếng)"
        r"|bao nhiêu (ngày|hôm|giờ|tiếng|tuần)|(mốc|khoảng) nào"
    ),
    "how_much": (
        r"bao nhiêu|bao nhiu|(gấp|tối thiểu|ít nhất|tối đa|nhiều nhất|không quá) mấy"
        r"|mấy (nghìn|ngàn|trăm|chục|triệu|tỷ|tỉ|mét|m2|ha|km|tấn|loại|thứ|điểm|suất|con)"
        r"|mấy (phần|%|người|xã|thôn|hộ|cái|dịch vụ|trên|đơn vị|huyện|trường|nền tảng|sản phẩm"
        r"|lớp|máy|cơ sở|mặt)"
        r"|từ đâu lên đâu|từ mức nào|cùng (một )?mức|mức cao hơn|mức thấp hơn|(là|bằng) mấy"
        r"|phần trăm|tỷ lệ|tỉ lệ|tỷ trọng|mục tiêu|chỉ tiêu|(top|thứ|hạng|nhóm) mấy|mấy toàn quốc|mấy phần"
        r"|(số lượng|con số)|đặt (ra )?mức|ở mức nào"
    ),
    "what_to_do": (
        r"(phải|cần|sẽ|được giao) ?(làm|thực hiện|triển khai|lo)? (những )?(việc |nhiệm vụ )?(gì|nào)"
        r"|làm (những )?(gì|việc gì)"
        r"|nhiệm vụ (gì|nào|của|là)|việc gì|vai trò gì|đóng vai|lo (những )?(gì|việc)|phải (làm|lo|theo sát)"
        r"|trách nhiệm (gì|của|ra sao|thế nào)|làm được gì|có những việc|(giao|lo|gánh|nhận) (những )?(phần|khâu|mảng)"
        r"|phần việc|giúp (được )?gì|nhiệm vụ ra sao"
    ),
    "list_tasks": (
        r"(những|các|tất cả|mọi|liệt kê|danh sách)( các)? (việc|nhiệm vụ|công việc)|(việc|nhiệm vụ|công việc) (nào"
        r"|gì)"
    ),
    "list_targets": (
        r"(những|các|tất cả|liệt kê|danh sách)( các)? (mục tiêu|chỉ tiêu)|(mục tiêu|chỉ tiêu) (nào|gì)"
        r"|có (những )?(mục tiêu|chỉ tiêu)"
    ),
    "compare": (
        r"so sánh|so với|so chỉ tiêu|so .{0,30} giữa|chênh|khác nhau|khác gì|(cao|thấp|nhiều|ít|sớm|muộn|nhanh"
        r"|chậm|tham vọng) hơn|cùng (một )?mức|(cao|thấp|dày|nhiều"
        r"|ít|mạnh) nhất"
        r"|mỗi (nơi|tỉnh|bên)|từng tỉnh|nơi nào (không|có|đặt)|tỉnh nào|(các|bốn|ba|hai|những|mấy) tỉnh"
        r"|cả (hai|ba|bốn)|bên nào .{0,30} bên nào|giống nhau"
    ),
    "provinces": (
        r"(các|bốn|ba|hai|năm|những|mấy|mọi) tỉnh(?! uỷ| ủy)|tỉnh nào|nơi nào (không|có|đặt|cao|thấp|dày)|(từng"
        r"|mỗi) tỉnh"
    ),
    "definition": r"là gì|nghĩa là|viết tắt|là cái gì|được hiểu",
    "yes_no": (
        r"(có|được|phải|đã|sẽ)\b.{1,120}\b(không|chưa|ko|chứ|à|hả)( ạ| vậy| nhỉ)?[^\w]*$|đúng không|phải không"
        r"|có phải|chứ[^\w]*$"
    ),
    "why": r"vì sao|tại sao|sao .{0,60} lại|lý do|sao lại|cớ sao",
}
ENGLISH = {
    "signer": "who (has )?signed|signed by|signatory|signer|whose signature|sign(s|ed)? (the|this|it|decision|plan)",
    "issued": (
        r"(date|day) of (issue|issuance)|issue date|when (was|were) .{0,60}\b(issued|signed|adopted|published)"
        r"|(what|which) (date|day) was .{0,60}\b(issued|signed|adopted|published)|(come|came|go|went) into (force"
        r"|effect)"
        r"|take effect|(from|since) (what|which) (day|date) .{0,100}\b(apply|applies|valid)"
        r"|date .{0,40}(issued|signed)|(plan|decision|document|directive) (no\.? )?\d[\w/.-]* date"
    ),
    "issuer": "(who|which (body|agency|authority)) (has )?issued|issued by whom|issuing (body|agency|authority)",
    "number": (
        "(what|which) (is the )?(document|decision|plan)? ?number|number of the (decision|plan|document)"
        "|what decision number"
    ),
    "subject": r"what (is|was) (plan|decision|document|directive) (no\.? )?\d[\w/.-]* about",
    "recipients": "recipients?|copied to|sent to which",
    "first_or_last": (
        r"(earliest|latest|oldest|newest|most recent) (document|plan|decision|of)|(issued|came out|signed) (first|last)"
    ),
    "legal_basis": (
        "legal bas[ie]s|legal grounds|based on|cited?s?|grounds?|basis|on what authority|(which|what) (law|decree"
        "|resolution"
        "|directive|decision|circular|letter|strategy|ministry letter)"
    ),
    "budget": (
        r"where (does|do|will|is|are|did) .{0,60}(money|funding|funds|budget|financing)|who (is )?(pays?|paying|funds?"
        r"|funding|finances?|foots?)|how .{0,60}\b(funded|financed|paid for)|sources? of (the )?(funding|money|funds"
        r"|finance|financing)|(funding|money|budget) sources?|foot\w* the bill|(which|what) (funds|money|funding)\b"
        r"|(out of|from) which budget"
    ),
    "reporting": "reports?|reporting|progress updates?|updates? the",
    "how_often": (
        "how (often|frequently|regularly)|frequency|schedule|monthly or|quarterly or|every (month|quarter)|cycle"
    ),
    "coordinating": (
        r"coordinat\w+|co-ordinat\w+|cooperat\w+|support(s|ing)? (agenc|unit|bod)\w*|works? with|(who|department|agency"
        r"|body|unit) (also )?(supports?|helps?|assists?)"
        r"|(company|companies|bodies|agenc\w+|operator) (is |are )?(helping|supporting|assisting)|who supports"
        r"|helping with"
    ),
    "directing": (
        r"directs?|directing|gives .{0,20}direction|steers?|oversees?|supervis\w+|working (team|group)|task force"
        r"|commands?"
    ),
    "who": (
        r"who|whom|responsible|in charge|leads?|led|leading|heads?|whose job"
        r"|(which|what) ([\w']+ ){0,3}?(agency|agencies|departments?|units?|office|body|bodies|organi[sz]ation\w*"
        r"|authorit\w+"
        r"|company|companies|team|group|bank|enterprise|enterprises)"
    ),
    "when": (
        r"deadlines?|dedline|by when|when|due|time ?(frame|line|limit)|how long|what date|until when|how soon"
        r"|by what (date|time)|cut-?offs?|how (quickly|fast)|(within|over|in|for) (what|which) (period|time)"
        r"|(what|which) part of the (year|month|day)|within hours|dates? (of|for)|dates\W*$"
        r"|(in|by|which|what|before which) (years?|months?|quarters?)\b|by which|how many years"
    ),
    "how_much": (
        r"how (much|many)|(what|which) (percentage|percent|share|proportion|rate|portion|fraction"
        r"|part(?! of the (year|month|day)))|percentage"
        r"|percent"
        r"|how far (above|below|over|under|beyond)|(what|which) (level|turnout|quota|ceiling|threshold)|hopes? for"
        r"|targets?|goals?|proportion|share of|portion of|number of|figure|aims? for|rate of|rank"
        r"|earnings|revenues?|turnover|acreage"
    ),
    "what_to_do": (
        r"what (must|should|does|do|will|is|are) .{0,60}\b(do|responsible for|tasked|duties|tasks|responsibilities"
        r"|work on)"
        r"|(tasks|duties|responsibilities|job|role) of|what (tasks|duties|responsibilities|role)|assigned to|has to do"
        r"|what (exactly |precisely )?(is|are) .{0,60}\b(tasks?|duty|duties|roles?|job|part)\b"
        r"|(asked|expected|told|required) to do"
    ),
    "list_tasks": (
        r"(which|what|list|all|show) (the |of the |all )?(\w+ ){0,2}tasks|what (work|jobs) (is|are|must)|what (must"
        r"|has to|is to) be (done|finished)"
    ),
    "list_targets": r"(which|what|list|all|show)( me)? (the |of the |all )?(\w+ ){0,2}(targets|goals|objectives)\b",
    "compare": (
        r"compar\w+|versus|vs\.?|differ\w*|which (of the )?(provincial )?(plans|provinces?)|both|higher|lower"
        r"|stricter|further behind"
        r"|than|each province|across|(any|all|every|four|three|the) provinces|how far behind|go beyond"
    ),
    "provinces": (
        r"(which|what) (of the )?(provincial )?(plans|provinces?)|(any|all|every|each|four|three|two|the"
        r"|these) provinces?"
        r"|across (the )?(provinces|plans)|(all|four|three|two|these|any|each) (of the )?plans?"
    ),
    "definition": (
        "what (is|are) (an? |the )?[\\w-]+( [\\w-]+){0,3}\\?*$|what does .{1,40} (mean|stand for)|stand for"
        "|definition of"
    ),
    "yes_no": (
        "^(is|are|was|were|will|can|could|does|do|did|must|should|has|have|any)\\b|: (is|are|do|does|will|can)\\b"
    ),
    "why": "why|on what grounds|for what reason|how come",
}
