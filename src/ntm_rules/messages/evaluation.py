"""What evaluation refuses, why a verdict is open, what contradicts what, trees of units."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Evaluation
    "error.no_part": (
        "{code} không phải là mã của đơn vị cũ nhập vào đơn vị này; các đơn vị cũ: {parts}",
        "{code} is the code of no unit that went into this one; those that did: {parts}",
    ),
    "error.level_ended": (
        "không còn cấp {level} vào ngày {day}: từ ngày 01/07/2025 chỉ còn cấp tỉnh và cấp xã (xã, phường, đặc khu), theo "
        "Nghị quyết 203/2025/QH15 và Nghị định 131/2025/NĐ-CP; hãy đánh giá xã, phường, đặc khu mới, hoặc ghi ngày số liệu "
        "trước ngày đó",
        "there is no {level} on {day}: since 2025-07-01 there are provinces and, below them, communes, wards and special "
        "zones only (Nghị quyết 203/2025/QH15, Nghị định 131/2025/NĐ-CP); assess the new communes, wards and special "
        "zones, or give a date before that day",
    ),
    "error.level": (
        "{pack} áp dụng cho {levels}, không áp dụng cho {level}",
        "{pack} applies to {levels}, not to a {level}",
    ),
    "error.not_in_force": (
        "{pack} không có hiệu lực ngày {day} (từ {start} đến {end})",
        "{pack} is not in force on {day} ({start} to {end})",
    ),
    "error.measure_not_known": ("không có số liệu tên “{measure}”. {near}", "there is no measure “{measure}”. {near}"),
    "error.attribute_not_known": (
        "không có thuộc tính đơn vị tên “{attribute}”. {near}",
        "there is no unit attribute “{attribute}”. {near}",
    ),
    "error.undeclared_attribute": (
        "{code} dùng thuộc tính “{attribute}” chưa khai trong attributes. {near}",
        "{code} asks for the attribute “{attribute}”, which attributes does not declare. {near}",
    ),
    "error.finding_code": ("{pack} không có mã “{code}”. {near}", "{pack} has no code “{code}”. {near}"),
    "error.meets_cycle": (
        "các bộ tiêu chí đòi hỏi lẫn nhau thành vòng tròn: {chain}",
        "packs ask for each other in a circle: {chain}",
    ),
    "error.region_guard": (
        "region_rules của {pack} chỉ được dùng attribute, all và any",
        "region_rules of {pack} may only use attribute, all and any",
    ),
    "error.facts_gone": (
        "kết quả theo {pack} được đọc lại từ tệp nên không còn số liệu đầu vào; hãy đánh giá lại rồi hỏi",
        "this assessment against {pack} was read back and no longer has the facts it was judged on; evaluate again and ask that",
    ),
    "error.threshold_cycle": (
        "các ngưỡng nhân lẫn nhau thành vòng tròn: {chain}",
        "thresholds multiply each other in a circle: {chain}",
    ),
    "error.threshold_of_many": (
        "chỉ tiêu {target} (dùng ở {code}) không có đúng một ngưỡng số liệu",
        "indicator {target} (asked for by {code}) does not have exactly one threshold of a measure",
    ),
    # Reasons for UNKNOWN
    "reason.not_observed": ("chưa có số liệu “{about}”", "no figure has been reported for “{about}”"),
    "reason.not_concluded": ("chưa có kết luận của cơ quan phụ trách", "the department in charge has not concluded"),
    "reason.conflicting": ("các nguồn báo cáo khác nhau", "the sources contradict each other"),
    "reason.threshold_delegated": (
        "mức yêu cầu do UBND cấp tỉnh quy định, chưa có trong bộ tiêu chí {candidates}",
        "the province sets the required level, and the pack does not have it {candidates}",
    ),
    "reason.threshold_untranscribed": (
        "mức yêu cầu trong văn bản chưa được nhập {candidates}",
        "the level the law requires has not been transcribed {candidates}",
    ),
    "reason.less_verified": (
        "mức yêu cầu {candidates} mới ở mức kiểm chứng “{verification}”, thấp hơn mức đòi hỏi",
        "the required level {candidates} is only “{verification}”, less verified than asked for",
    ),
    "reason.no_threshold_here": (
        "bộ tiêu chí không có mức yêu cầu cho vùng, nhóm xã hoặc thời điểm này",
        "the pack has no required level for this region, group or date",
    ),
    "reason.contents_untranscribed": (
        "nội dung của tiêu chí chưa được nhập; cần kết luận cho cả tiêu chí",
        "the contents of this criterion have not been transcribed; a conclusion on the whole criterion is needed",
    ),
    "reason.exception_not_provided": (
        "cơ quan kết luận “không áp dụng” nhưng văn bản không cho phép ngoại lệ",
        "the department says “not applicable”, but the law provides no exception",
    ),
    "reason.attribute_unknown": (
        "chưa biết đơn vị có phải là “{about}” hay không",
        "it is not known whether the unit is “{about}”",
    ),
    "reason.region_not_told": (
        "chưa cho biết đơn vị thuộc vùng nào",
        "the unit's region was not told",
    ),
    "reason.group_not_told": (
        "chưa rõ xã thuộc nhóm nào",
        "the commune's group is not known",
    ),
    "reason.children_not_reported": (
        "chưa có số liệu các đơn vị trực thuộc về “{about}”",
        "how the units below stand with “{about}” has not been reported",
    ),
    "reason.children_total_open": (
        "chưa rõ có tất cả bao nhiêu đơn vị trực thuộc",
        "how many units there are below in all is not known",
    ),
    "reason.children_unknown": (
        "kết quả “{about}” của một số đơn vị trực thuộc chưa rõ {candidates}",
        "for some units below, “{about}” is still open {candidates}",
    ),
    "reason.recognition_expired": (
        "quyết định công nhận “{about}” chỉ có giá trị đến hết ngày {on}",
        "the recognition as “{about}” held until {on}",
    ),
    "reason.sum_impossible": (
        "các số liệu cộng lại nhiều hơn mức cao nhất có thể {candidates}",
        "the figures add up to more than they can {candidates}",
    ),
    "reason.points_open": ("chưa rõ có được điểm của “{about}” hay không", "the points for “{about}” are still open"),
    "reason.other_pack_unknown": ("chưa đủ căn cứ kết luận “{about}”", "“{about}” is itself undetermined"),
    "reason.recognition_settles": (
        "chỉ cần có quyết định công nhận theo bộ tiêu chí này còn hiệu lực là kết luận được",
        "a decision in force that recognises the unit under that set would settle it",
    ),
    "reason.candidates": ("({values})", "({values})"),
    "reason.unconfirmed": ("(mức còn phải xác nhận: {values})", "(yet to be confirmed: {values})"),
    # Verification, findings, rows, citations
    "verification.stated": ("theo văn bản", "as its text states"),
    "verification.secondary": ("theo nguồn thứ cấp", "from a secondary source"),
    "verification.recalled": ("theo trí nhớ, chưa đối chiếu", "from memory, not checked"),
    "verification.uncertain": ("chưa chắc chắn", "uncertain"),
    "verification.None": ("", ""),
    "finding.met": ("đạt", "met"),
    "finding.not_met": ("chưa đạt", "not met"),
    "finding.not_applicable": ("không áp dụng", "not applicable"),
    "row.region": ("vùng", "region"),
    "row.group": ("nhóm xã", "group of communes"),
    "row.year": ("năm", "year"),
    "row.level": ("loại đơn vị", "kind of unit"),
    "row.otherwise": ("trường hợp khác", "otherwise"),
    "citation": ("{number}{where} ({verification})", "{kind}{number}{where} ({verification})"),
    # Conflicts
    "conflict.measurement_against_finding": (
        "{code}: kết luận “{finding}”{by} trái với số liệu; số liệu quyết định",
        "{code}: the finding “{finding}”{by} contradicts the figures; the figures decide",
    ),
    "conflict.indicators_against_finding": (
        "{code}: kết luận “{finding}”{by} cho cả tiêu chí trái với các chỉ tiêu; các chỉ tiêu quyết định",
        "{code}: the finding “{finding}”{by} on the whole criterion contradicts its indicators; the indicators decide",
    ),
    "conflict.by": ("của {by}", "by {by}"),
    "conflict.observations": (
        "{code}: số liệu “{about}” được báo cáo khác nhau: {values}",
        "{code}: “{about}” is reported differently: {values}",
    ),
    "conflict.findings": ("{code}: các kết luận khác nhau: {values}", "{code}: the findings differ: {values}"),
    "conflict.sum": (
        "{code}: các số liệu cộng lại nhiều hơn mức cao nhất có thể ({values}); chưa kết luận được gì từ tổng này",
        "{code}: the figures add up to more than they can ({values}); nothing is concluded from this sum",
    ),
    "conflict.exception": (
        "{code}: kết luận “không áp dụng”{by} nhưng văn bản không cho phép ngoại lệ",
        "{code}: “not applicable”{by}, but the law provides no exception",
    ),
    "error.other_province": (
        "bộ tiêu chí {pack} là của tỉnh {name} ({owner}), không áp dụng cho đơn vị của tỉnh “{given}”; hãy chọn bộ tiêu chí "
        "của tỉnh đó hoặc bộ tiêu chí quốc gia, hoặc ghi province: {owner} nếu là cùng một tỉnh",
        "the pack {pack} is that of the province {name} ({owner}) and does not apply to a unit of the province “{given}”; "
        "choose that province's pack or the national one, or write province: {owner} if it is the same province",
    ),
    "error.other_region": (
        "bộ tiêu chí {pack} chỉ áp dụng cho vùng {names}, không áp dụng cho đơn vị ở vùng {region}",
        "the pack {pack} applies to {names} only, not to a unit of {region}",
    ),
    "error.region_of_province": (
        "đơn vị được ghi ở vùng {region}, nhưng tỉnh “{province}” thuộc vùng {settled}; hãy sửa region hoặc province, hoặc "
        "bỏ region",
        "the unit is said to be in {region}, but the province “{province}” lies in {settled}; put region or province "
        "right, or leave region out",
    ),
    "error.pack_for_nobody": (
        "bộ tiêu chí {pack} không áp dụng cho đơn vị nào: đó là bộ tiêu chí riêng của “{owner}”, còn các đơn vị {levels} ở "
        "đây thuộc: {given}; hãy ghi province: {owner} cho các đơn vị ấy nếu là cùng một tỉnh, hoặc bỏ bộ tiêu chí này",
        "the pack {pack} applies to no unit: it is the own set of “{owner}”, and the units here ({levels}) belong to: "
        "{given}; write province: {owner} for them if it is the same province, or leave this pack out",
    ),
    "error.pack_for_no_level": (
        "bộ tiêu chí {pack} không áp dụng cho đơn vị nào: không có {levels} nào trong danh mục và không có số liệu tổng hợp "
        "về {levels}",
        "the pack {pack} applies to no unit: no unit of its level ({levels}) is listed and none is counted",
    ),
    "error.not_a_pack": (
        "cần bộ tiêu chí hoặc mã của nó, đã cho {given}; tệp thì đọc bằng ntm_rules.load_pack",
        "expected a pack or its id, given {given}; read a file with ntm_rules.load_pack",
    ),
    "error.verdict_truth": (
        "kết quả {verdict} không phải đúng hay sai; hãy so sánh: verdict is Verdict.MET",
        "a verdict ({verdict}) is neither true nor false; compare it: verdict is Verdict.MET",
    ),
    "error.verdict_order": (
        "các kết quả ({verdict}, …) không có thứ tự; nếu cần sắp xếp, hãy dùng verdict.value",
        "verdicts ({verdict}, …) have no order; to sort, use verdict.value",
    ),
    "error.frozen": (
        "đây là giá trị không đổi; hãy sao ra dict(...), sửa bản sao rồi tạo đối tượng mới từ bản sao đó",
        "this value is frozen; copy it with dict(...), change the copy and build a new object from it",
    ),
    "error.code_not_text": (
        'mã chỉ tiêu là chữ, đã cho {given}; hãy viết trong dấu nháy, ví dụ result["17.1"]',
        'codes are texts, given {given}; write them in quotes, as in result["17.1"]',
    ),
    "error.reproduce_facts": (
        "kết quả được giữ là của {one}, số liệu là của {other}",
        "the answer kept is about {one}, the facts about {other}",
    ),
    "reproduce.same": ("Đánh giá lại, mọi nội dung đều như cũ.", "Judged again, everything is the same."),
    "reproduce.other": ("Đánh giá lại, có nội dung khác: {codes}.", "Judged again, this is different: {codes}."),
    "reproduce.texts": (
        "Các tệp bộ tiêu chí khác với lúc đó: {files}.",
        "Files of packs that are not what they were: {files}.",
    ),
    "reproduce.library": (
        "Phiên bản thư viện lúc đó là {then}, nay là {now}.",
        "The library was version {then} then and is {now} now.",
    ),
    "error.processes": (
        "cần ít nhất một tiến trình, đã cho {given}",
        "at least one process is needed, given {given}",
    ),
    "error.not_a_snapshot": (
        "cần bộ số liệu (Snapshot), đã cho {given}; dữ liệu dạng khác thì đọc bằng Snapshot.model_validate",
        "expected a Snapshot, given {given}; read other data with Snapshot.model_validate",
    ),
    "doubt.fraction": (
        "{name}: được đọc là {read}; nếu ý là {meant} thì hãy ghi rõ “{meant}”",
        "{name}: read as {read}; if {meant} is meant, write “{meant}”",
    ),
    "doubt.implausible": (
        "{name}: {read} là số hiếm gặp trên thực tế{hint}",
        "{name}: {read} is rarely so in life{hint}",
    ),
    "doubt.old": (
        "{name}: {read} là số liệu ngày {on}, đã quá hai năm trước ngày xét; cần xác nhận số liệu này còn đúng",
        "{name}: {read} is of {on}, more than two years before the day judged; whether it still holds is to be confirmed",
    ),
    "doubt.meant": ("; có phải là {meant}?", "; is it {meant}?"),
    "unused.units": ("{count} đơn vị ({names})", "{count:unit|units} ({names})"),
    "unused.finding": (
        "kết luận theo {pack}{about} của {unit} không được dùng: {why}",
        "the findings under {pack}{about} of {unit} are not used: {why}",
    ),
    "unused.recognition": (
        "công nhận theo {pack}{about} của {unit} không được dùng: {why}",
        "the recognition under {pack}{about} of {unit} is not used: {why}",
    ),
    "unused.count": (
        "số liệu tổng hợp theo {pack}{about} của {unit} không được dùng: {why}",
        "the counts under {pack}{about} of {unit} are not used: {why}",
    ),
    "unused.measure": (
        "số liệu “{measure}” của {unit} không được dùng cho {code}: {why}",
        "the figure “{measure}” of {unit} is not used for {code}: {why}",
    ),
    "unused.figure": (
        "số liệu “{measure}” ({about}) của {unit} không được dùng: {why}",
        "the figure “{measure}” ({about}) of {unit} is not used: {why}",
    ),
    "unused.other_day": ("vào ngày xét nội dung này tính theo “{instead}”", "on this day it goes by “{instead}”"),
    "unused.not_judged": ("bộ tiêu chí ấy không được xét", "that pack was not judged"),
    "unused.other_set": ("đang xét theo {instead}", "{instead} is what was judged"),
    "unused.exempt": ("đơn vị không thuộc diện xét", "the unit takes no part"),
    "unused.not_asked": ("không có yêu cầu nào cần đến", "nothing asks for it"),
    "unused.later": ("có sau ngày xét (ngày {on})", "it is of a later day ({on})"),
    "unused.revoked": ("đã bị thu hồi ngày {on}", "it was revoked on {on}"),
    "unused.expired": ("chỉ có giá trị đến hết ngày {on}", "it held until {on}"),
    "unused.edition": ("theo giai đoạn khác của bộ tiêu chí", "what was judged is another edition of the set"),
    "unused.before_set": (
        "quyết định có trước ngày bộ tiêu chí có hiệu lực ({on})",
        "its day is before the set came into force ({on})",
    ),
    "unused.no_pack": ("không có bộ tiêu chí này", "nobody knows that pack"),
    "conflict.children": (
        "{code}: số đơn vị đạt “{about}”: {detail}; báo cáo này không được dùng để kết luận",
        "{code}: units meeting “{about}”: {detail}; nothing is concluded from that report",
    ),
    "conflict.below": (
        "{code}: trong các đơn vị xét “{about}” có kết quả dựa trên số liệu mâu thuẫn hoặc đáng ngờ: {values}",
        "{code}: among the units judged under “{about}”, some rest on facts that contradict each other or are in doubt: {values}",
    ),
    "rollup.report.twice": (
        "{unit} báo cáo về {level}: có tên ở hai nhóm khác nhau: {names}",
        "{unit}, reporting on units below ({level}), puts the same names in two groups: {names}",
    ),
    "rollup.report.too_many": (
        "{unit} báo cáo {known} {level} nhưng nêu tên {more} đơn vị",
        "{unit} reports {known} units ({level}) and names {more}",
    ),
    "rollup.report.meeting": (
        "{unit} báo cáo {known} {level} đạt nhưng nêu tên nhiều hơn là đạt: {more}",
        "{unit} reports {known} units ({level}) as meeting it and names more: {more}",
    ),
    "rollup.report.not_meeting": (
        "{unit} báo cáo {said} {level} đạt, tức {known} chưa đạt, nhưng nêu tên nhiều hơn là chưa đạt: {more}",
        "{unit} reports {said} units ({level}) as meeting it, so that {known} do not, and names more that do not: {more}",
    ),
    "rollup.report.unknown": (
        "{unit} báo cáo {known} {level} chưa rõ nhưng nêu tên nhiều hơn là chưa rõ: {more}",
        "{unit} reports {known} units ({level}) as open and names more: {more}",
    ),
    "rollup.total": (
        "{unit} báo cáo {said} {level} đạt; danh sách và báo cáo cấp dưới: {known}, khác tổng số",
        "{unit} reports {said} units ({level}); the list and the reports below come to {known}, another total",
    ),
    "rollup.number": (
        "{unit} báo cáo {said} {level} đạt; theo danh sách, báo cáo cấp dưới và các tên được nêu: {known}{otherwise}",
        "{unit} reports that {said} units ({level}) meet it; the list, the reports below and the names given come to {known}{otherwise}",
    ),
    "rollup.otherwise": ("; khác nhau về: {names}", "; they differ on: {names}"),
    "rollup.steps": (
        "{unit}: ít nhất {more} {level} đạt “{higher}” nhưng nhiều nhất {known} đạt “{lower}”, là danh hiệu phải đạt trước",
        "{unit}, units below ({level}): at least {more:meets|meet} “{higher}” but at most {known:meets|meet} “{lower}”, which must be met first",
    ),
    "rollup.steps.names": (
        "{unit}: {level} nêu là đạt “{higher}” nhưng chưa đạt “{lower}”, là danh hiệu phải đạt trước: {names}",
        "{unit}: units ({level}) said to meet “{higher}” but not “{lower}”, which it asks for first: {names}",
    ),
    "rollup.names.strange": (
        "{unit} báo cáo nêu tên không có trong danh sách {level}: {names}",
        "{unit} names units ({level}) that are not in the list: {names}",
    ),
    "rollup.names.counted": (
        "{unit} báo cáo là không tham gia, nhưng danh sách vẫn tính {level}: {names}",
        "{unit} says of units ({level}) that they take no part, and the list counts them: {names}",
    ),
    "rollup.names.exempt": (
        "{unit} báo cáo kết quả, nhưng theo danh sách {level} không tham gia: {names}",
        "{unit} counts units ({level}) that take no part by the list: {names}",
    ),
    "rollup.names.held": (
        "{unit} báo cáo nêu tên là chưa đạt, nhưng {level} đang giữ danh hiệu: {names}",
        "{unit} names as not meeting it units ({level}) that hold the title: {names}",
    ),
    "rollup.names.met": (
        "{unit} báo cáo nêu tên là chưa đạt, nhưng theo số liệu {level} đã đạt: {names}",
        "{unit} names as not meeting it units ({level}) that meet it by what is known of them: {names}",
    ),
    "rollup.names.not_met": (
        "{unit} báo cáo nêu tên là đạt, nhưng theo số liệu {level} chưa đạt: {names}",
        "{unit} names as meeting it units ({level}) that do not by what is known of them: {names}",
    ),
    # Trees of units
    "error.several_dates": (
        "các bộ số liệu có ngày khác nhau ({one}, {other}); hãy cho as_of",
        "the snapshots have different dates ({one}, {other}); say as_of",
    ),
    "error.after_date": (
        "bộ số liệu ngày {given} sau ngày đánh giá {day}",
        "the snapshot of {given} is later than {day}",
    ),
    "error.no_date": ("không có bộ số liệu nào; hãy cho as_of", "there is no snapshot to take a date from; say as_of"),
    "error.two_parents": ("đơn vị có hai cấp trên: {one} và {other}", "the unit has two parents: {one} and {other}"),
    "error.orphan": ("không có đơn vị cấp trên “{parent}”. {near}", "there is no parent unit “{parent}”. {near}"),
    "error.wrong_level": (
        "{level} không thể trực thuộc {parent} ({above})",
        "a {level} cannot lie in {parent} ({above})",
    ),
    "error.parent_cycle": (
        "các đơn vị trực thuộc nhau thành vòng tròn: {chain}",
        "units lie in each other in a circle: {chain}",
    ),
    "error.packs_for_one_title": (
        "{one} và {other} cùng áp dụng cho một danh hiệu; hãy chọn một",
        "{one} and {other} award the same title; apply one of them",
    ),
    "error.no_unit": ("không có đơn vị “{unit}”. {near}", "there is no unit “{unit}”. {near}"),
    "error.pack_not_applied": (
        "bộ tiêu chí “{pack}” không được áp dụng. {near}",
        "the pack “{pack}” was not applied. {near}",
    ),
    "error.pack_not_applied_to": (
        "bộ tiêu chí “{pack}” không áp dụng cho {unit}. {near}",
        "the pack “{pack}” was not applied to {unit}. {near}",
    ),
}
