"""Whether words that read like a district's name are that name: what may stand around it, and everyday look-alikes."""

from __future__ import annotations

import re

from corpus.vietnamese import fold, has_diacritics

# Folded names that go on with a sentence even after "huyện" ("huyen la gi"): without marks no district. Of three
# syllables, those that a name begins: "thi xa ba don vi".
_CLAUSES = frozenset(
    "can duoc,chu,co do,co to,con co,do luong,la gi,tan thanh,thanh ba,thong nhat,tuong duong,van ban,van lam,"
    "ba don vi,cho don vi,vinh du,vinh danh,vinh quang".split(",")
)
# Folded names that are everyday words with other marks ("chỉ tiêu cần"): in small letters only after "huyện", "tp",
# ...; with their marks also after "ở", "tại".
_WORDS = frozenset(
    "an duong,an thi,ba don,ba vi,cam lam,cao lanh,cat hai,cho don,con dao,cu chi,da bac,dai tu,dan phuong,di an,"
    "dinh lap,dinh quan,dong da,dong hoa,dong hoi,dong phu,dong van,duc co,duc pho,duong kinh,gia rai,hai an,"
    "hoa thanh,hoc mon,hoi an,hon dat,huong hoa,ke sach,kien an,kien hai,lam ha,long dat,long my,luc nam,luong tai,"
    "mang thit,minh hoa,my tu,nam can,nam dan,nam sach,nam truc,nghia dan,phu cu,phu ly,phu quy,quan ba,quan hoa,"
    "quang dien,tam ky,thanh chuong,thanh ha,thoi binh,thoi lai,thuong tin,tien du,tieu can,tinh bien,tra on,"
    "trang bang,tu ky,van don,vi thanh,vu ban,vu thu".split(",")
)
# Folded names that two words may make up, or a person's name: in small letters also after "ở", "tại", "in".
_DOUBTFUL = frozenset(
    "an bien,an khe,an minh,an nhon,an phu,ba be,ba che,ba dinh,ba thuoc,ba to,ba tri,bac ai,bac binh,bac ha,"
    "bac me,bac quang,bac son,bac yen,bach thong,bao loc,bao thang,bao yen,ben cat,ben cau,ben luc,binh dai,"
    "binh giang,binh long,binh luc,binh minh,binh son,binh thuy,bo trach,buon don,buon ho,cai be,cai nuoc,cam le,"
    "cam lo,cam my,can gio,can loc,cao loc,cao phong,cau giay,cau ke,cau ngang,chau duc,chau phu,chi lang,chi linh,"
    "cho gao,cho lach,dai loc,dam doi,dam ha,di linh,dien ban,dinh hoa,don duong,dong anh,dong giang,dong ha,"
    "dong hai,dong hung,dong trieu,dong xuan,duc hoa,duc hue,duc linh,duc tho,duc trong,duong minh chau,duy tien,"
    "duyen hai,gia binh,gia lam,gia loc,gia nghia,giang thanh,giao thuy,giong rieng,ha hoa,ha lang,ha long,"
    "ha quang,ha tien,ha trung,hai ba trung,hai chau,hai ha,hai hau,hai lang,hiep duc,hiep hoa,hoa an,hoa vang,"
    "hoai an,hoai duc,hoang hoa,hoang sa,hong bang,hong dan,hong linh,hung ha,huong khe,huong thuy,huong tra,"
    "kien luong,kien tuong,kien xuong,kim bang,kim dong,kim son,kim thanh,ky anh,ky son,lac son,lam binh,lam thao,"
    "lang chanh,lap thach,lap vo,le chan,loc binh,loc ninh,long bien,long ho,long khanh,long phu,long thanh,"
    "luong son,ly nhan,ly son,mai chau,mai son,minh long,my duc,my hao,nam giang,nam nhun,nga bay,nga nam,nga son,"
    "nghi loc,nghi son,nghi xuan,nghia hanh,nghia hung,nghia lo,ngo quyen,ngoc hien,ngoc hoi,nha be,nha trang,"
    "nhu thanh,nhu xuan,ninh hai,ninh son,nong cong,o mon,phan thiet,phong tho,phu binh,phu cat,phu giao,phu hoa,"
    "phu loc,phu luong,phu nhuan,phu thien,phu vang,phu xuan,phu xuyen,phuc tho,phuc yen,phung hiep,phuoc son,"
    "quan son,quang hoa,quang trach,que phong,que son,quoc oai,quy chau,quy hop,sa thay,son dong,son duong,son ha,"
    "son hoa,son tinh,son tra,song cau,song cong,song hinh,song lo,song ma,tam binh,tam dao,tam diep,tan an,"
    "tan bien,tan binh,tan hiep,tan hong,tan hung,tan ky,tan lac,tan phuoc,tan son,tan tru,tan yen,tay giang,"
    "tay ho,tay hoa,tay son,thach an,thach ha,thach that,thai hoa,thanh binh,thanh khe,thanh liem,thanh mien,"
    "thanh oai,thanh phu,thanh son,thanh thuy,thanh xuan,thap cham,thieu hoa,tho xuan,thoai son,thu duc,thu thua,"
    "thuan an,thuan bac,thuan chau,thuan hoa,thuan nam,thuan thanh,thuong xuan,tien hai,tien lang,tien lu,"
    "tien phuoc,tien yen,tra cu,tran de,tran van thoi,tran yen,trang dinh,tri ton,trieu phong,trieu son,truc ninh,"
    "truong sa,tu nghia,tu son,tuan giao,tuy an,tuy duc,tuy hoa,tuy phong,u minh,ung hoa,van canh,van chan,"
    "van giang,van ho,van lang,van ninh,van quan,van yen,vi thuy,vi xuyen,viet tri,viet yen,vinh bao,vinh cuu,"
    "vinh loc,vinh loi,vinh thuan,vinh tuong,vu quang,xuan loc,xuan truong,y yen,yen binh,yen dinh,yen lac,yen lap,"
    "yen mo,yen my,yen son,yen thanh,yen the,yen thuy".split(",")
)
# What is a word with the same marks, too ("đại từ"): a name by its capitals, or after "huyện", "tp", ....
_SMALL = frozenset(
    "ba vì,giao thủy,tân kỳ,đại từ,năm căn,ngã năm,ngã bảy,cầu ngang,chợ gạo,cái bè,cờ đỏ,hòn đất,phú quý".split(",")
)
# What stays a person, a street, a river or a sea with its capitals: "đường Ngô Quyền", "biển đảo Hoàng Sa".
_ALSO_OTHER = frozenset(
    "thống nhất,bình minh,thanh xuân,thanh liêm,thanh bình,hai bà trưng,ngô quyền,lê chân,dương minh châu,"
    "trần văn thời,điện biên phủ,hoàng sa,trường sa,đống đa,chi lăng,ngọc hiển,xuân trường,minh long,thanh hà,"
    "thanh thủy,thanh sơn,sông cầu,sông lô,sông mã,sông hinh,an dương,hồng bàng,đồng xuân".split(",")
)
_UNIT = re.compile(r"(?<!\w)(?<!cap )(huyen|(?<!co )quan|thi xa|thanh pho|tp|tx|district|town|city)(?: of)?[.\s]\s*$")
_UNIT_AFTER = re.compile(r"\s+(?:district|town|city)(?!\w)")
_AT = re.compile(r"(?<!\w)(?:o|tai|in|at)\s+$")
_OTHER = re.compile(  # a smaller place, a river, a person
    r"(?<!\w)(?:(?<!thi )xa|phuong|thi tran|thon|ap|khom|duong|(?<!thanh )pho|song|ong|ba|ward|commune|street)\s+$"
)
_OTHER_AFTER = re.compile(r"\s+(?:ward|commune|street|river)(?!\w)")
_QUAN = frozenset(("ly", "tam"))  # "quản lý", "quan tâm"
_SURNAMES = frozenset("nguyen,tran,pham,hoang,huynh,phan,dang,bui,ngo,duong,truong,trinh,luong,dinh".split(","))
_JOINING = frozenset("cua,tai,va,cho,tinh,voi,in,of,at,and,for,does,is,what,who".split(","))


def is_named(shown: str, plain: str, start: int, end: int, name: str) -> bool:
    """Whether `shown[start:end]`, which matches a district's name, is that name and not a stretch of other words.

    Args:
        shown: the text; `plain` is its folded form, of the same length.
        name: the district as it is written in full.

    >>> text = "muc tieu can dat, huyen tieu can"
    >>> is_named(text, text, 4, 12, "Tiểu Cần"), is_named(text, text, 24, 32, "Tiểu Cần")
    (False, True)
    """
    before, after = plain[:start], plain[end:]
    written, key = shown[start:end], " ".join(plain[start:end].split())
    capitals = [part[0].isupper() for part in written.split()]
    if _OTHER.search(before) or _OTHER_AFTER.match(after):
        return False
    as_name = all(capitals) and not _is_titled(shown)
    if _UNIT_AFTER.match(after) or _after_unit(shown, before, key):
        following = re.match(r"\s+\w+", after)
        return has_diacritics(written) or as_name or not {key, key + following[0] if following else key} & _CLAUSES
    if _is_one_syllable(name) or name.lower() in _ALSO_OTHER:
        return False
    if any(capitals) and (not capitals[0] or _goes_on(shown[:start])):
        return False
    if as_name or key not in _CLAUSES | _WORDS | _DOUBTFUL:
        return True
    if not _AT.search(before):
        return False
    return name.lower() not in _SMALL if has_diacritics(written) else key in _DOUBTFUL


def _after_unit(shown: str, before: str, key: str) -> bool:
    """Whether the kind of unit stands right before, with its own marks if there are any ("liên quan" is no "quận")."""
    unit = _UNIT.search(before)
    if not unit:
        return False
    if has_diacritics(shown):
        written = " ".join(shown[unit.start(1) : unit.end(1)].lower().split())
        return has_diacritics(written) or unit[1] != "quan"
    return unit[1] != "quan" or key.split()[0] not in _QUAN


def _is_one_syllable(name: str) -> bool:
    """Whether a name is one spoken and written syllable.

    >>> [name for name in ("Vinh", "Kbang", "Pleiku", "M'Đrắk", "Sa Pa") if _is_one_syllable(name)]
    ['Vinh', 'Kbang']
    """
    return bool(re.fullmatch(r"[^\W_aeiouy]*[aeiouy]+[^\W_aeiouy]*", fold(name)))


def _is_titled(text: str) -> bool:
    """Whether capitals tell nothing: most words begin with one.

    >>> _is_titled("Van Ban So 5 Cua Tinh"), _is_titled("Who leads in Phu Ly?")
    (True, False)
    """
    words = re.findall(r"[^\W\d]+", text)
    return len(words) > 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)


def _goes_on(before: str) -> bool:
    """Whether a capitalised word inside the sentence stands right before, as in a person's name ("Nguyễn Thị |").

    >>> _goes_on("bà Nguyễn Thị "), _goes_on("UBND "), _goes_on("Ở "), _goes_on("Kế hoạch của ")
    (True, False, False, False)
    """
    last = re.search(r"(\w+)\s+$", before)
    if not last or not last[1][0].isupper() or last[1].isupper() or fold(last[1]) in _JOINING:
        return False
    return bool(re.search(r"[^.?!:;(“\"\s-]\s*$", before[: last.start()])) or fold(last[1]) in _SURNAMES
