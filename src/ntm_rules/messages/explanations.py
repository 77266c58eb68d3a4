"""Explanations, remedies, plans, re-assessments, briefings and the command line."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Explanations
    "verdict.MET": ("ĐẠT", "MET"),
    "verdict.NOT_MET": ("CHƯA ĐẠT", "NOT MET"),
    "verdict.UNKNOWN": ("CHƯA ĐỦ CĂN CỨ KẾT LUẬN", "UNDETERMINED"),
    "verdict.NOT_APPLICABLE": ("KHÔNG ÁP DỤNG", "NOT APPLICABLE"),
    "explain.title": (
        "{unit}: {verdict} – {title} (tính đến ngày {on})",
        "{unit}: {verdict} – {title} (as of {on})",
    ),
    "explain.count": ("Đạt {met}/{total} tiêu chí{others}.", "{met} of {total:criterion is|criteria are} met{others}."),
    "explain.others": (", {not_met} chưa đạt, {unknown} chưa rõ", ", {not_met} not met, {unknown} open"),
    "explain.prerequisites_failed": (
        "Chưa đạt điều kiện tiên quyết: {codes}.",
        "Prerequisites not met: {codes}.",
    ),
    "explain.waiting": (
        "Chưa có nội dung nào bị kết luận chưa đạt; còn {count} nội dung phải làm rõ mới kết luận được.",
        "Nothing has failed; {count:open point|open points} must be answered before a conclusion.",
    ),
    "explain.region_open": (
        "Chưa cho biết đơn vị thuộc vùng hay tỉnh nào: vì vậy {count} nội dung chưa xác định được mức yêu cầu.",
        "The unit's region or province was not told: the level required of {count:content|contents} is open for that.",
    ),
    "explain.group.open": (
        "Chưa rõ xã thuộc nhóm nào: vì vậy {count} nội dung còn để ngỏ.",
        "The commune's group is not known: {count:content is|contents are} open for that.",
    ),
    "explain.group.decides": (
        "Nhóm xã do {who} quyết định ({decision}, {at}).",
        "The group is decided by {who} ({decision}, {at}).",
    ),
    "explain.group.facts": (
        "Chưa có quyết định thì nhóm được suy ra khi biết: {names}.",
        "Without that decision it follows from these facts: {names}.",
    ),
    "explain.group.both": (
        "Theo số liệu, xã cùng lúc thuộc {groups}: văn bản không nói nhóm nào được áp dụng.",
        "By the facts given it is of {groups} at once: the decision does not say which applies.",
    ),
    "explain.group.found": (
        "Áp dụng mức của {group} ({decision}, {at}: {rule}); tỉnh chưa có quyết định xếp nhóm được ghi ở đây.",
        "The values of {group} apply ({decision}, {at}: {rule}); no decision of the province on the group is given here.",
    ),
    "explain.group.borne_out": (
        "Áp dụng mức của {group}, theo quyết định của tỉnh; số liệu về xã phù hợp ({decision}, {at}: {rule}).",
        "The values of {group} apply, as the province decided; the facts given agree ({decision}, {at}: {rule}).",
    ),
    "explain.group.contradicted": (
        "Áp dụng mức của {group}, theo quyết định của tỉnh; nhưng theo số liệu về xã thì là {by_rule} "
        "({decision}, {at}: {rule}): cần kiểm tra lại.",
        "The values of {group} apply, as the province decided; but by the facts given it is {by_rule} "
        "({decision}, {at}: {rule}): to be checked.",
    ),
    "explain.made_of": ("tính từ: {parts}", "from: {parts}"),
    "explain.region_rule": (
        "Áp dụng mức của vùng {region}: {rule}.",
        "The values of {region} apply: {rule}.",
    ),
    "explain.unverified": (
        "Lưu ý: {count} kết quả dựa trên yêu cầu chưa được đối chiếu với văn bản: {codes}.",
        "Note: {count:result rests|results rest} on requirements not checked against the decision: {codes}.",
    ),
    "explain.incomplete": (
        "Lưu ý: bộ tiêu chí mới nhập được một phần; nội dung của các tiêu chí {codes} chưa đầy đủ.",
        "Note: the pack is only partly transcribed; the contents of criteria {codes} are incomplete.",
    ),
    "explain.incomplete_pack": (
        "Lưu ý: bộ tiêu chí mới nhập được một phần.",
        "Note: the pack is only partly transcribed.",
    ),
    "explain.failures": ("Chưa đạt", "Not met"),
    "explain.unknowns": ("Chưa đủ căn cứ, cần trả lời", "Undetermined, to be answered"),
    "explain.conflicts": ("Mâu thuẫn giữa các nguồn", "Contradictions between sources"),
    "explain.met": ("Đã đạt", "Met"),
    "explain.not_applicable": ("Không áp dụng", "Not applicable"),
    "explain.notes": ("Ghi chú của bộ tiêu chí", "Notes on the pack"),
    "explain.appendix": (
        "{title}: {count} ghi chú về nguồn và điểm còn ngờ, xem: ntm-rules packs show {pack}",
        "{title}: {count:note|notes} on sources and doubts, see: ntm-rules packs show {pack}",
    ),
    "explain.prerequisites": ("Điều kiện tiên quyết", "Prerequisites"),
    "explain.criterion": ("Tiêu chí {code}. {title}", "Criterion {code}. {title}"),
    "explain.part_of": (
        "Trong tiêu chí {code}. {title} (cả tiêu chí chưa kết luận hoặc kết luận khác):",
        "Within criterion {code}. {title} (the criterion as a whole is open or came out otherwise):",
    ),
    "explain.agency": ("{agency}:", "{agency}:"),
    "explain.somebody": ("Cơ quan phụ trách (chưa ghi tên)", "The department in charge (not named)"),
    "explain.department": ("cơ quan phụ trách", "the department in charge"),
    "explain.not_decisive": (
        "Còn chưa rõ, nhưng không làm thay đổi kết luận",
        "Open, but without effect on the verdict",
    ),
    "explain.by_finding": ("Theo kết luận của cơ quan phụ trách.", "By the department's conclusion."),
    "explain.by_criterion_finding": (
        "Theo kết luận chung cho cả tiêu chí.",
        "By a conclusion on the whole criterion.",
    ),
    "explain.exception": ("Không có đối tượng để áp dụng.", "There is nothing here it applies to."),
    "explain.reason": ("Vì: {reason}.", "Because {reason}."),
    "explain.contents": ("Tiêu chí có {count} nội dung theo văn bản.", "The decision lists {count:content|contents}."),
    "derived.part_missing": ("chưa tính được, thiếu “{part}”", "cannot be reckoned, “{part}” is missing"),
    "derived.over_nothing": ("không tính được vì “{part}” bằng 0", "cannot be reckoned, “{part}” is 0"),
    "derived.not_apart": (
        "không tính được: hai số liệu “{part}” ngày {late} và ngày {early} không cách nhau một năm",
        "cannot be reckoned: the figures “{part}” of {late} and {early} are not a year apart",
    ),
    "derived.other_year": (
        "không tính được: số liệu “{part}” ngày {late} và ngày {early} là của năm khác, cần số liệu mới nhất của năm {first}-{last}",
        "cannot be reckoned: the figures “{part}” of {late} and {early} are of other years, the latest must be of {first}-{last}",
    ),
    "derived.old_part": (
        "không tính được: số liệu “{part}” ngày {late} là của năm khác, cần số liệu của năm {first}-{last}",
        "cannot be reckoned: the figure “{part}” of {late} is of another year, it must be of {first}-{last}",
    ),
    "explain.nothing_observed": ("chưa có số liệu", "not reported"),
    "explain.measured": (
        "kết quả: {observed}; yêu cầu: {required} {shortfall}",
        "observed: {observed}; required: {required} {shortfall}",
    ),
    "explain.measured_unresolved": (
        "kết quả: {observed}; mức yêu cầu chưa xác định được",
        "observed: {observed}; the required level is not settled",
    ),
    "explain.shortfall": ("– còn thiếu {amount}", "– short by {amount}"),
    "explain.excess": ("– vượt {amount}", "– over by {amount}"),
    "explain.day": ("ngày {on}", "{on}"),
    "explain.origin": ("Mức yêu cầu: {parts}", "Required level: {parts}"),
    "explain.set_here": ("do chính bộ tiêu chí này quy định", "set by this very set of criteria"),
    "explain.set_by": ("do {by} quy định", "set by {by}"),
    "explain.times": ("{times} lần mức {base} của “{title}”", "{times} times {base} of “{title}”"),
    "explain.children_silent": (
        "chưa có số liệu các {kinds} đạt “{title}”",
        "how many {kinds} units meet “{title}” has not been reported",
    ),
    "explain.holding": (
        "Đang giữ danh hiệu theo {decision} ngày {on}; kết luận sau đây chỉ theo số liệu hiện có.",
        "Holds the title by {decision} of {on}; what follows is on today's facts alone.",
    ),
    "explain.holding_beyond": (
        "Cần xem lại: hạn của danh hiệu được ghi là {told}, quá thời hạn của bộ tiêu chí; chỉ tính đến hết {until}.",
        "To be looked at again: the title is said to hold until {told}, longer than its set allows; it counts until {until}.",
    ),
    "explain.holding_lost": (
        "Cần xem lại: “{title}”, là danh hiệu phải đạt trước, đã bị thu hồi ngày {on}.",
        "To be looked at again: “{title}”, which it builds on, was taken back on {on}.",
    ),
    "explain.doubts": ("Cần xem lại: {what}.", "To be looked at again: {what}."),
    "explain.unused": ("Không dùng đến: {what}.", "Not used: {what}."),
    "explain.from_to": ("từ {low} đến {high}", "{low} to {high}"),
    "explain.children": (
        "{met}/{total} {kinds} đạt “{title}”",
        "{met} of {total} {kinds} units meet “{title}”",
    ),
    "explain.children_reported": (
        "{count} đơn vị trong đó chỉ theo báo cáo tổng hợp, không phải kết quả đánh giá từng đơn vị",
        "{count} of them rest on reported counts alone, not on judging the units",
    ),
    "explain.children_needed": ("cần {needed}, còn thiếu {missing}", "{needed} needed: {missing} more"),
    "explain.children_maybe": (
        "cần {needed}, có thể đủ hoặc còn thiếu tới {missing}",
        "{needed} needed: it may be enough, or as many as {missing} more may be needed",
    ),
    "explain.children_failing": ("chưa đạt: {names}", "not meeting it: {names}"),
    "explain.children_open": ("chưa rõ: {names}", "open: {names}"),
    "explain.not_concerned": (
        "bộ tiêu chí không áp dụng cho đơn vị này, theo những gì đã ghi về nó",
        "by what is told of it, the set does not concern it",
    ),
    "explain.exempt": ("không tính {name}{why}", "not counted: {name}{why}"),
    "explain.holds": (
        "đã được công nhận “{title}” theo {decision} ngày {on}",
        "recognised as “{title}” by {decision} of {on}",
    ),
    "explain.other_pack": (
        "“{title}”: {verdict}, {met}/{total} tiêu chí đạt{others}",
        "“{title}”: {verdict}, {met} of {total} criteria met{others}",
    ),
    "explain.unmet_share": (
        "“{title}”: {unmet}/{total} tiêu chí chưa đạt ({codes}); mức xét: {required}",
        "“{title}”: {unmet} of {total} criteria not met ({codes}); level considered: {required}",
    ),
    "explain.total": (
        "tổng: {total}; yêu cầu: {required} {shortfall}",
        "sum: {total}; required: {required} {shortfall}",
    ),
    "explain.total_term": ("{name}: {value}", "{name}: {value}"),
    "explain.grade_by": ("Cơ quan công nhận hạng này: {agency}.", "This grade is recognised by: {agency}."),
    "explain.grade": ("Hạng: {grade}", "Grade: {grade}"),
    "explain.grade_by_nobody_known": (
        "Ngày {on} cơ quan nào công nhận hạng này thì chưa rõ (xem ghi chú của bộ tiêu chí).",
        "Who recognises this grade on {on} is not known (see the pack's notes).",
    ),
    "explain.grade_none": ("Chưa được xếp hạng nào", "No grade is reached"),
    "explain.grade_open": (
        "Chưa xác định được hạng; còn để ngỏ: {grades}",
        "The grade is not known yet; still open: {grades}",
    ),
    "explain.grades": ("Xếp hạng", "Grades"),
    "explain.authorities": ("Thẩm quyền vào ngày này", "Who decides on this day"),
    "authority.receives": ("Tiếp nhận hồ sơ đề nghị xét, công nhận: {who}", "Receives the file for recognition: {who}"),
    "authority.recognises": ("Công nhận: {who}", "Recognises: {who}"),
    "authority.announces": ("Công bố: {who}", "Announces: {who}"),
    "authority.prepares_withdrawal": (
        "Đánh giá, lấy ý kiến, hoàn thiện hồ sơ xét thu hồi: {who}",
        "Assesses, asks opinions and prepares the file of withdrawal: {who}",
    ),
    "authority.lists_groups": (
        "Ban hành danh sách xã thuộc từng nhóm: {who}",
        "Lists the communes of each group: {who}",
    ),
    "authority.withdraws": ("Thu hồi quyết định công nhận: {who}", "Withdraws the recognition: {who}"),
    "explain.attribute": ("{name}: {verdict}", "{name}: {verdict}"),
    "explain.any_of": (
        "cần đạt ít nhất {needed} trong {count} điều kiện sau:",
        "at least {needed} of these {count} conditions:",
    ),
    "explain.finding": ("{by} kết luận: {finding}{more}", "{by} concluded: {finding}{more}"),
    "explain.law": ("Căn cứ: {citation}", "Source: {citation}"),
    "explain.cause": ("{unit}: {verdict} “{title}”", "{unit}: {verdict} “{title}”"),
    "explain.tree": ("{count} đơn vị, tính đến ngày {on}", "{count:unit|units}, as of {on}"),
    "explain.tree_row": (
        "{title}: {met}/{total} đạt, {not_met} chưa đạt, {unknown} chưa rõ, {exempt} không tính",
        "{title}: {met} of {total} met, {not_met} not met, {unknown} open, {exempt} not counted",
    ),
    "explain.head.pack": ("Bộ tiêu chí", "Pack"),
    "explain.head.met": ("Đạt", "Met"),
    "explain.head.not_met": ("Chưa đạt", "Not met"),
    "explain.head.unknown": ("Chưa rõ", "Open"),
    "explain.head.exempt": ("Không tính", "Not counted"),
    # Remedies
    "remedy.nothing": ("Không cần thay đổi gì.", "Nothing needs to change."),
    "remedy.to": ("{code}. {text}: đạt ít nhất {to} {by}", "{code}. {text}: reach at least {to} {by}"),
    "remedy.to_down": (
        "{code}. {text}: giảm còn không quá {to} {by}",
        "{code}. {text}: bring down to at most {to} {by}",
    ),
    "remedy.strictly": ("{code}. {text}: đạt trên {to} {by}", "{code}. {text}: pass {to} {by}"),
    "remedy.strictly_down": ("{code}. {text}: giảm xuống dưới {to} {by}", "{code}. {text}: bring below {to} {by}"),
    "remedy.exactly": ("{code}. {text}: đạt đúng {to} {by}", "{code}. {text}: be exactly {to} {by}"),
    "remedy.by": ("(còn cách {by})", "({by} away)"),
    "remedy.children": (
        "{code}. Thêm {count} đơn vị đạt “{text}”",
        "{code}. {count:more unit|more units} meeting “{text}”",
    ),
    "remedy.finding": (
        "{code}. {text}: {agency} kết luận đạt",
        "{code}. {text}: {agency} concludes that it is met",
    ),
    "remedy.within": ("{said} (thuộc “{title}”)", "{said} (in “{title}”)"),
    "remedy.not_proved": (
        "Chưa chứng minh được đây là số thay đổi ít nhất.",
        "That these are the fewest changes has not been proved.",
    ),
    "remedy.obstacle.fact": (
        "{item}: phụ thuộc vào một số liệu không thể thay đổi",
        "{item}: depends on a figure that is no one's to change",
    ),
    "remedy.obstacle.sum_impossible": (
        "{item}: phải rà soát, sửa các số liệu mâu thuẫn nhau trước (cộng lại vượt mức tối đa)",
        "{item}: figures to be corrected first (they add up to more than they can)",
    ),
    "remedy.obstacle.at_odds": (
        "{item}: không thể đạt cùng lúc với các yêu cầu khác",
        "{item}: cannot be met together with the other requirements",
    ),
    "remedy.obstacle.undecided": (
        "{item}: chưa xác định được cần thay đổi gì",
        "{item}: what it would take has not been decided",
    ),
    "remedy.obstacle.attribute": (
        "{item}: phụ thuộc đặc điểm của đơn vị, không thay đổi được",
        "{item}: depends on what the unit is, which cannot be changed",
    ),
    "remedy.obstacle.children_unknown": (
        "{item}: cần làm rõ kết quả của các đơn vị trực thuộc",
        "{item}: how the units below stand must be known first",
    ),
    "remedy.obstacle.not_a_goal": (
        "{item}: không phải là mục tiêu phải đạt",
        "{item}: is not something to be reached",
    ),
    "remedy.obstacle.too_many": (
        "{item}: không thể đạt bằng cách thêm đơn vị",
        "{item}: cannot be reached by adding units",
    ),
    # Plans and re-assessment
    "error.target_amount": (
        "chỉ tiêu {amount} phải là tỷ lệ phần trăm hoặc số nguyên đơn vị",
        "the target {amount} must be a percentage or a whole number of units",
    ),
    "plan.reached": (
        "{text}: HOÀN THÀNH, {met}/{total} (yêu cầu {required})",
        "{text}: REACHED, {met} of {total} (required {required})",
    ),
    "plan.missed": (
        "{text}: KHÔNG HOÀN THÀNH, {met}/{total}, cần {needed} (yêu cầu {required} đến ngày {by})",
        "{text}: MISSED, {met} of {total}, {needed} needed (required {required} by {by})",
    ),
    "plan.open": (
        "{text}: CÒN THIẾU {missing}, có {met}/{total}, cần {needed} (yêu cầu {required} đến ngày {by}{unknown})",
        "{text}: {missing} MORE NEEDED, {met} of {total}, {needed} needed (required {required} by {by}{unknown})",
    ),
    "plan.maybe": (
        "{text}: CHƯA RÕ, có thể đủ hoặc còn thiếu tới {missing}: có {met}/{total}, cần {needed} (yêu cầu {required} đến ngày {by}{unknown})",
        "{text}: OPEN, it may be reached or as many as {missing} more may be needed: {met} of {total}, {needed} needed (required {required} by {by}{unknown})",
    ),
    "plan.none": (
        "{text}: KHÔNG CÓ ĐƠN VỊ NÀO (yêu cầu {required})",
        "{text}: THERE ARE NO SUCH UNITS (required {required})",
    ),
    "plan.total_unknown": (
        "{text}: CHƯA RÕ, chưa có số liệu về số đơn vị (yêu cầu {required} đến ngày {by})",
        "{text}: OPEN, how many units there are is not known (required {required} by {by})",
    ),
    "rollup.not_given": (
        "danh mục đơn vị hành chính có {listed}, mới đưa vào {given}; các đơn vị còn lại coi là chưa rõ",
        "the register lists {listed}, {given} were given; the others are taken as open",
    ),
    "rollup.others": (
        "tính trên {given} {level} có trong bảng; {others} {level} khác của tỉnh chưa có trong bảng",
        "of the {given} units in the table; {others} others of the province ({level}) are not in it",
    ),
    "rollup.counted_all_the_same": (
        "được ghi là không tham gia, nhưng điều kiện này tính mọi đơn vị: {names}",
        "given as taking no part, but this condition counts every unit: {names}",
    ),
    "rollup.doubted": (
        "kết quả dựa trên số liệu mâu thuẫn hoặc đáng ngờ: {names}",
        "judged on facts that contradict each other or are in doubt: {names}",
    ),
    "plan.asked": ("{required} (từ {needed} đơn vị)", "{required} ({needed:unit|units} or more)"),
    "plan.open_total": ("chưa rõ có tất cả bao nhiêu đơn vị", "how many units there are in all is not known"),
    "plan.reported": (
        "số {met} đạt là theo báo cáo tổng hợp",
        "the figure of {met} is as reported",
    ),
    "plan.judged": (
        "{count} đơn vị đạt theo số liệu hiện có, báo cáo không cho biết đã nằm trong số trên hay chưa",
        "{count} meet it on today's facts, and the report does not say whether it counts them",
    ),
    "plan.held_not_met": (
        "đang giữ danh hiệu nhưng theo số liệu hiện có chưa đạt: {names}",
        "holding the title but not meeting it on today's facts: {names}",
    ),
    "plan.late": (
        "không tính {count} đơn vị được công nhận sau ngày {by}: {names}",
        "not counting {count} recognised after {by}: {names}",
    ),
    "plan.contradiction": ("MÂU THUẪN: {said}", "CONTRADICTION: {said}"),
    "plan.unknown": ("; {count} đơn vị chưa rõ", "; {count:unit is|units are} open"),
    "reassess.held": (
        "Đã được công nhận “{pack}” theo {decision} ngày {on}.",
        "Recognised under “{pack}” by {decision} on {on}.",
    ),
    "reassess.never": ("Chưa được công nhận “{title}”.", "Never recognised as “{title}”."),
    "reassess.part.held": (
        "{fate}; đơn vị cũ được công nhận “{pack}” theo {decision}, ngày {on}{how}.",
        "{fate}; the old unit was recognised under “{pack}” by {decision}, on {on}{how}.",
    ),
    "reassess.part.revoked": (", đã bị thu hồi ngày {on}", ", which was revoked on {on}"),
    "reassess.part.expired": (", chỉ có giá trị đến hết ngày {on}", ", which held until {on}"),
    "reassess.part.after": (
        "; không được tính: đơn vị cũ chỉ tồn tại đến hết ngày {on}",
        "; this does not count: the old unit was there until {on}",
    ),
    "reassess.codes": (
        "{count} nội dung của các tiêu chí {criteria}",
        "{count:content|contents} of criteria {criteria}",
    ),
    "reassess.part.none": ("{fate}; không có công nhận nào được ghi.", "{fate}; no recognition is given."),
    "reassess.parts": (
        "Danh hiệu của đơn vị cũ không tự chuyển sang đơn vị mới: đơn vị mới được xét theo bộ tiêu chí đang áp dụng.",
        "No title of an old unit carries over to the new one by itself: it is judged under the set in force.",
    ),
    "reassess.in_force": (
        "Danh hiệu còn giá trị theo bộ tiêu chí hiện hành.",
        "The title counts under the edition in force.",
    ),
    "reassess.not_in_force": (
        "Danh hiệu theo bộ tiêu chí trước không thay cho đánh giá theo bộ tiêu chí hiện hành.",
        "A title under an earlier edition does not replace an assessment under the edition in force.",
    ),
    "reassess.now": (
        "Theo “{title}”: {verdict}. Chưa đạt: {failing}. Chưa rõ: {missing}.",
        "Under “{title}”: {verdict}. Failing: {failing}. Open: {missing}.",
    ),
    "error.register_columns": (
        "danh mục đơn vị thiếu cột: {names}; hàng tiêu đề cần có mã và tên, có mã huyện thì có cả huyện, ví dụ: mã xã, tên xã, cấp",
        "the register of units has no column {names}; its headings must give code and name, and with a district its code, as in: code, name, level",
    ),
    "error.row_lacks": ("dòng này thiếu: {names}", "this row lacks: {names}"),
    "error.district_kind": (
        "không biết “{name}” là cấp nào; tên phải bắt đầu bằng: {names}",
        "cannot tell what kind of unit “{name}” is; the name must begin with: {names}",
    ),
    # Briefings and the command line
    "brief.title": ("Kết quả đánh giá", "Assessment"),
    "brief.as_of": ("Tính đến ngày {on}.", "As of {on}."),
    "brief.tiers": ("KẾT QUẢ THEO CẤP ĐỘ", "STANDING BY TIER"),
    "brief.tier_none": (
        "{title} – {level}: không có đơn vị nào được tính",
        "{title}, {level}: no unit counts",
    ),
    "brief.tier": (
        "{title} – {level}: {met}/{total} đạt ({share}), {not_met} chưa đạt, {unknown} chưa rõ",
        "{title} – {level}: {met} of {total} met ({share}), {not_met} not met, {unknown} open",
    ),
    "brief.reported": (
        "theo báo cáo tổng hợp, không phải kết quả đánh giá từng đơn vị: {met} đạt, {not_met} chưa đạt",
        "from reported counts, not from judging the units: {met} met, {not_met} not met",
    ),
    "brief.known": (
        "biết theo từng đơn vị: {held} đang giữ danh hiệu, {judged} đạt theo số liệu hiện có",
        "known unit by unit: {held} hold the title, {judged} meet it on today's facts",
    ),
    "brief.at_most": (
        "{title} – {level}: {met}/{total} đạt ({share}), {not_met} chưa đạt, trong đó có thể có tới {judged} đơn vị đạt theo "
        "số liệu hiện có",
        "{title} – {level}: {met} of {total} met ({share}), {not_met} not met, of which up to {judged} may meet it on "
        "today's facts",
    ),
    "brief.swallowed": (
        "báo cáo không cho biết {judged} đơn vị này đã nằm trong số đạt nêu trên hay chưa",
        "the report does not say whether it counts those {judged}",
    ),
    "brief.unit": (
        "{unit}: {verdict}; {criteria} {waiting}",
        "{unit}: {verdict}; {criteria} {waiting}",
    ),
    "brief.criteria": (
        "{met}/{total} tiêu chí đạt, {not_met} chưa đạt, {unknown} chưa rõ",
        "{met} of {total} criteria met, {not_met} not met, {unknown} open",
    ),
    "brief.holds": ("đang giữ danh hiệu theo {decision}", "holds the title by {decision}"),
    "brief.lost": (
        "cần xem lại: “{title}”, là danh hiệu phải đạt trước, đã bị thu hồi ngày {on}",
        "to be looked at again: “{title}”, which it builds on, was taken back on {on}",
    ),
    "brief.note": ("Ghi chú: {note}", "Note: {note}"),
    "brief.told_beside": ("{who} báo cáo đơn vị này: {verdict}", "{who} reports this unit as: {verdict}"),
    "brief.reported_all": (
        "số {met} đạt là theo báo cáo tổng hợp, không phải kết quả đánh giá từng đơn vị",
        "the figure of {met} is as reported, not from judging the units",
    ),
    "brief.told_otherwise": (
        "MÂU THUẪN: {who} báo cáo đơn vị này: {verdict}",
        "CONTRADICTION: {who} reports this unit as: {verdict}",
    ),
    "brief.told": ("{who} báo cáo {verdict}: {names}", "{who} reports as {verdict}: {names}"),
    "brief.concluded": (
        "Kết luận ở bộ tiêu chí cao hơn coi bộ này là đã đạt; chưa có số liệu riêng để đối chiếu: {names}",
        "Conclusions under a higher set take this one as met; there are no facts of its own to hold them against: {names}",
    ),
    "brief.held": ("ĐANG GIỮ DANH HIỆU: {names}", "HOLDING THE TITLE: {names}"),
    "brief.awaited": ("{unit} ({count})", "{unit} ({count})"),
    "brief.awaited_also": (
        "{title}: còn nội dung chưa kết luận, không làm thay đổi kết quả “chưa đạt”: {units}",
        "{title}: still unanswered, without changing the result “not met”: {units}",
    ),
    "brief.short": ("{met}/{total} đạt", "{met} of {total} met"),
    "brief.short.open": ("{not_met} chưa đạt, {unknown} chưa rõ", "{not_met} not met, {unknown} open"),
    "brief.missing_from": ("còn thiếu từ {low} đến {high}", "{low} to {high} more needed"),
    "brief.by_report": ("{count} đơn vị theo báo cáo tổng hợp", "{count:unit|units} known from reported counts only"),
    "brief.unused": ("KHÔNG DÙNG ĐẾN", "NOT USED"),
    "brief.wanting": ("– chưa đạt điều kiện {codes}", "– for want of {codes}"),
    "brief.waiting": ("– chờ {count} nội dung", "– waiting for {count:answer|answers}"),
    "brief.met": ("ĐẠT theo số liệu hiện có: {names}", "MET on today's facts: {names}"),
    "brief.elsewhere": (
        "Chưa đạt vì chưa đạt {sets}: {names}",
        "Not met, for want of {sets}: {names}",
    ),
    "brief.silent": (
        "Chưa có số liệu riêng của {count} đơn vị khác.",
        "Nothing is known by itself of {count:other unit|other units}.",
    ),
    "brief.silent.named": ("Chưa có số liệu riêng: {names}", "Nothing is known by itself of: {names}"),
    "brief.missing": ("còn thiếu {count}", "{count} more needed"),
    "brief.agencies": ("CƠ QUAN CÒN PHẢI KẾT LUẬN", "WHO MUST STILL CONCLUDE"),
    "brief.agency": ("{unit} – {title}: {agency}: {codes}", "{unit} – {title}: {agency}: {codes}"),
    "brief.plan": ("KẾ HOẠCH", "PLAN"),
    "error.no_situations": (
        "thư mục không có tệp tình huống nào (*.yaml)",
        "there is no file of situations (*.yaml) in the folder",
    ),
    "error.no_example": (
        "không tìm thấy ví dụ đi kèm; hãy cho --folder",
        "the bundled example is not there; say --folder",
    ),
}
