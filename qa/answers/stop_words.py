"""Words of questions that name no topic: what is asked for, and the small words around it; all folded."""

from __future__ import annotations

STOP_VI = frozenset(
    "ai gi nao bao nhieu khi cua la co duoc cho den nam cac nhung mot va thi hay nhu the sao trong ngoai tren "
    "duoi ky ngay thang lam viec ra sao may phai se da dang bi boi tai ve voi theo de o tu hon nhat cung con hoi "
    "xin vui long biet minh toi chung ta em anh chi a nhe ha khong neu thuc hien hoan thanh chiu trach nhiem thoi "
    "han co quan don vi chu tri phu trach phoi hop ke hoach quyet dinh tinh nay kia ay do nhiem vu muc tieu chi "
    "tieu phan tram ty le dat truoc sau lo nao gio bao gium dum giup cau hoi tra loi dau luc may thoi gian giao "
    "chi dao dia ban so ban nganh van deu rieng moi nhau chenh ben bao nhieu nhiu cung van roi thoi luon vay chu a "
    "nhe nhi ha hong ko k dc bn v tung tat ca muc moc dat so sanh cao thap hon kem nhat it noi cho ngay mai hom nguoi "
    "ta cai con khac gi chut duoc len xuong di lai nua them bot ngoai kieu loai vu chuyen mang dum voi tinh huong "
    "lieu phan nhu sao vi tai boi tu den het cuoi dau giua sap dang tung neu thi ma hay hoac nhung tuy".split()
)
STOP_EN = frozenset(
    "who whom what when which where why how the a an is are was were be been being of by for to and or in on at "
    "with must should will shall can could would may might does do did has have had many much there this that "
    "these those it its their them they he she we you i me my our your from under between any about into as than "
    "then so if not no yes please tell give show responsible responsibility in charge lead leads leading led "
    "deadline due date time by target targets goal goals plan plans province provincial percentage percent share "
    "proportion rate agency agencies department departments unit units year years get done make makes made say "
    "says said set sets list use used want wants need needs want know find out up down all every each more most "
    "some other also just only new".split()
)
STOP_WORDS = STOP_VI | STOP_EN
"""Words that name nothing by themselves, folded."""
ASKED_FOR = frozenset(
    {
        "chu tri", "chu tri phoi hop", "co quan chu tri", "don vi chu tri", "chiu trach nhiem", "trach nhiem",
        "phu trach", "phoi hop", "co quan phoi hop", "don vi phoi hop", "co quan thuc hien", "don vi thuc hien",
        "chi dao", "dau moi", "lam dau moi", "phan cong", "giao", "duoc giao", "thoi han",
        "thoi han hoan thanh", "thoi gian hoan thanh", "hoan thanh", "thoi gian", "phan cong nhiem vu",
        "phoi hop voi", "lanh dao chi dao",
        "thoi gian thuc hien", "dinh ky", "ty le", "muc tieu", "chi tieu",
    }
)  # fmt: skip
"""Terms that say what is asked for, folded."""
QUESTION_WORDS = frozenset("ai gi nao bao may khi chung hoi dau lau lo xong".split())
