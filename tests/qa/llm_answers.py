"""Answers as the engine gives them, made by hand: their quotes stand in the shipped plans."""

from __future__ import annotations

from dataclasses import replace

from qa.types import Answer, Citation, Facts, Language, TargetFact

WHERE = "Quyết định số 2043/QĐ-UBND ngày 19/11/2024 của UBND tỉnh Trà Vinh"
WHERE_EN = "Decision No. 2043/QĐ-UBND of 19 November 2024 of the People's Committee of Trà Vinh Province"


def citation(
    n: int, quote: str, where: str = "điểm a khoản 3 Điều 1", where_en: str = "point a, clause 3, Article 1"
) -> Citation:
    return Citation(
        n=n,
        document="2043/QĐ-UBND",
        document_id="tra-vinh-2024-2043-qd-ubnd",
        province="Trà Vinh",
        citation=f"{where} {WHERE}",
        citation_en=f"{where_en}, {WHERE_EN}",
        passage_id=f"p{n}",
        quote=quote,
        start=0,
        end=len(quote),
        sources=("tra-vinh.txt",),
    )


def given(question: str, language: Language, text: str, facts: Facts, *citations: Citation) -> Answer:
    return Answer(question, language, True, 0.9, "", text, facts, citations)


TASK_QUOTE = (
    "- Triển khai Trung tâm điều hành an ninh mạng (SOC) cho tỉnh.\n"
    "+ Cơ quan thực hiện: Sở Thông tin và Truyền thông.\n"
    "+ Cơ quan phối hợp: Công an tỉnh, UBND các huyện, thị xã, thành phố.\n"
    "+ Thời hạn: trước ngày 30 tháng 6 năm 2025."
)
TASK_FACTS = Facts(
    responsible=("Sở Thông tin và Truyền thông",),
    coordinating=("Công an tỉnh", "UBND các huyện, thị xã, thành phố"),
    deadline="trước ngày 30 tháng 6 năm 2025",
)
TASK_VI = given(
    "Ai chịu trách nhiệm SOC ở Trà Vinh, thời hạn khi nào?",
    "vi",
    "Trà Vinh. Chịu trách nhiệm: Sở Thông tin và Truyền thông. [1] Phối hợp: Công an tỉnh; UBND các huyện, thị xã, "
    "thành phố. [1] Thời hạn: trước ngày 30 tháng 6 năm 2025. [1] "
    "Nhiệm vụ: “Triển khai Trung tâm điều hành an ninh mạng (SOC) cho tỉnh”. [1]",
    TASK_FACTS,
    citation(1, TASK_QUOTE),
)
TASK_EN = given(
    "who is responsible for SOC in Tra Vinh by when?",
    "en",
    "Trà Vinh. Responsible: Department of Information and Communications (Sở Thông tin và Truyền thông). [1] "
    "Coordinating: Provincial Police (Công an tỉnh); People's Committees of districts, towns and cities (UBND các "
    "huyện, thị xã, thành phố). [1] Deadline: before 30 June 2025 (“trước ngày 30 tháng 6 năm 2025”). [1] "
    "Task: “Triển khai Trung tâm điều hành an ninh mạng (SOC) cho tỉnh”. [1]",
    TASK_FACTS,
    citation(1, TASK_QUOTE),
)
TARGET_VI = given(
    "den 2025 bao nhieu phan tram dan Tra Vinh co dien thoai thong minh",
    "vi",
    "Trà Vinh: Dân số trưởng thành có điện thoại thông minh: trên 85% (đến năm 2025). [1][2] "
    "Trà Vinh: Doanh nghiệp dùng nền tảng số: tối thiểu 1.250 doanh nghiệp (đến năm 2025). [3]",
    Facts(
        targets=(
            TargetFact("2043/QĐ-UBND", "Trà Vinh", "Dân số có điện thoại thông minh", ">", "85", "%", "2025", WHERE),
            TargetFact("2043/QĐ-UBND", "Trà Vinh", "Doanh nghiệp dùng nền tảng số", ">=", "1250", "", "2025", WHERE),
        )
    ),
    citation(1, "+ Trên 85% dân số trưởng thành có điện thoại thông minh.", "điểm b khoản 2 Điều 1"),
    citation(2, "b) Mục tiêu cụ thể đến năm 2025", "điểm b khoản 2 Điều 1"),
    citation(3, "+ Đến năm 2025 có tối thiểu 1.250 doanh nghiệp dùng nền tảng số.", "điểm b khoản 2 Điều 1"),
)
TARGET_EN = replace(
    TARGET_VI,
    question="how many adults in Tra Vinh have a smartphone by 2025?",
    language="en",
    answer="Trà Vinh: more than 85% (by 2025) — “Dân số trưởng thành có điện thoại thông minh”. [1][2] "
    "Trà Vinh: at least 1250 (by 2025) — “doanh nghiệp dùng nền tảng số”. [3]",
)
ISSUED_EN = given(
    "When was Decision 2043 issued and who signed it?",
    "en",
    "Trà Vinh: Decision No. 2043/QĐ-UBND was issued on 19 November 2024. [1] Trà Vinh: Decision No. 2043/QĐ-UBND was "
    "signed by Nguyễn Quỳnh Thiện. [2]",
    Facts(),
    citation(1, "Trà Vinh, ngày 19 tháng 11 năm 2024", "phần đầu", "heading"),
    citation(2, "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNguyễn Quỳnh Thiện", "phần ký", "signature"),
)
YEARS_VI = given(
    "Trà Vinh đặt mục tiêu hộ gia đình và xã có cáp quang thế nào?",
    "vi",
    "Trà Vinh: Hộ gia đình có cáp quang: 80% (đến năm 2025). [1] Trà Vinh: Hộ gia đình có cáp quang: 95% (đến năm "
    "2030). [1] Trà Vinh: Xã có cáp quang: 100% (đến năm 2030). [1] Gia Lai: Hộ gia đình có cáp quang: 70% (đến năm "
    "2025). [2]",
    Facts(
        targets=(
            TargetFact("2043/QĐ-UBND", "Trà Vinh", "Hộ gia đình có cáp quang", "=", "80", "%", "2025", WHERE),
            TargetFact("2043/QĐ-UBND", "Trà Vinh", "Hộ gia đình có cáp quang", "=", "95", "%", "2030", WHERE),
            TargetFact("2043/QĐ-UBND", "Trà Vinh", "Xã có cáp quang", "=", "100", "%", "2030", WHERE),
            TargetFact("1331/KH-UBND", "Gia Lai", "Hộ gia đình có cáp quang", "=", "70", "%", "2025", "Kế hoạch"),
        )
    ),
    citation(1, "Hộ gia đình có cáp quang: 80% năm 2025, 95% năm 2030. Xã có cáp quang: 100% năm 2030."),
    replace(
        citation(2, "Năm 2025: 70% hộ gia đình có cáp quang."),
        document_id="gia-lai-2022-1331-kh-ubnd",
        document="1331/KH-UBND",
        province="Gia Lai",
        citation="Kế hoạch số 1331/KH-UBND của UBND tỉnh Gia Lai",
        citation_en="Plan No. 1331/KH-UBND of the People's Committee of Gia Lai Province",
    ),
)
ALL = (TASK_VI, TASK_EN, TARGET_VI, TARGET_EN, ISSUED_EN, YEARS_VI)
