"""Cases, comparisons, laws, lint, audit and pages of packs, situations."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Cases, comparisons of packs
    "case.always": ("mọi thời điểm", "at all times"),
    "case.between": ("{start} – {end}", "{start} to {end}"),
    "case.since": ("từ {start}", "from {start}"),
    "case.until": ("đến {end}", "until {end}"),
    "case.everywhere": ("mọi vùng, mọi thời điểm", "every region, at all times"),
    "case.all_but": ("mọi vùng trừ {regions}", "every region but {regions}"),
    "case.none_of": ("ngoài trường hợp {names}", "none of {names}"),
    "case.any_of": ("trường hợp {names}", "any of {names}"),
    "error.too_many_cases": (
        "{count} thuộc tính ({names}) có quá nhiều tổ hợp giá trị để xét hết",
        "{count:attribute|attributes} ({names}): more combinations of values than can be gone through",
    ),
    "compare.title": ("{first} so với {second}", "{first} held against {second}"),
    "compare.whole": ("Cả bộ tiêu chí, kể cả điều kiện tiên quyết", "The whole packs, prerequisites included"),
    "compare.criteria": ("Riêng các tiêu chí", "The criteria alone"),
    "compare.never_together": (
        "{scope}: hai bộ không có ngày nào cùng hiệu lực, hoặc không áp dụng chung cho loại đơn vị nào.",
        "{scope}: the two are on no day in force together, or apply to no common kind of unit.",
    ),
    "compare.proved_all": (
        "{scope}: đơn vị nào đạt bộ thứ nhất cũng đạt bộ thứ hai (đã chứng minh).",
        "{scope}: whatever meets the first meets the second (proved).",
    ),
    "compare.refuted_all": (
        "{scope}: có đơn vị đạt bộ thứ nhất mà không đạt bộ thứ hai (có phản ví dụ).",
        "{scope}: a unit can meet the first and not the second (a counterexample is given).",
    ),
    "compare.undetermined_all": (
        "{scope}: chưa kết luận được bộ thứ nhất có bao hàm bộ thứ hai hay không.",
        "{scope}: whether the first includes the second is undetermined.",
    ),
    "compare.proved_here": ("đã chứng minh", "proved"),
    "compare.refuted_here": ("có phản ví dụ", "refuted"),
    "compare.undetermined_here": ("chưa kết luận được", "undetermined"),
    "compare.impossible": (
        "Không đơn vị nào có thể đạt bộ thứ nhất: {where}",
        "Nothing can meet the first pack: {where}",
    ),
    "compare.laxer": (
        "{code}. {text}: bộ thứ nhất yêu cầu thấp hơn {figures}",
        "{code}. {text}: the first asks less {figures}",
    ),
    "compare.not_asked": (
        "{code}. {text}: bộ thứ nhất không yêu cầu {figures}",
        "{code}. {text}: the first does not ask for it {figures}",
    ),
    "compare.why.unresolved": (
        "chưa có mức yêu cầu để so sánh: {codes}",
        "a required level is not settled: {codes}",
    ),
    "compare.why.judged": (
        "do cơ quan phụ trách kết luận riêng cho từng bộ: {codes}",
        "concluded by a department for each set of its own: {codes}",
    ),
    "compare.why.too_complex": ("điều kiện quá phức tạp: {codes}", "too complex to decide: {codes}"),
    "compare.why.unconfirmed": (
        "phản ví dụ chưa được việc đánh giá xác nhận: {codes}",
        "a counterexample that evaluation does not confirm: {codes}",
    ),
    "compare.differences": ("Khác biệt của bộ thứ nhất so với bộ thứ hai:", "How the first differs from the second:"),
    "compare.no_differences": ("Hai bộ không khác nhau.", "The two do not differ."),
    "compare.maybe": ("có thể cùng một nội dung, viết lại: {told}", "may be the same subject, reworded: {told}"),
    "compare.alike": ("{code}, lời giống {score} %", "{code}, {score}% of the words"),
    "compare.difference": ("{kind} {code}. {text}{more}", "{kind} {code}. {text}{more}"),
    "compare.from_to": ("{after} (bộ thứ hai: {before})", "{after} (the second: {before})"),
    "difference.added": ("thêm", "added"),
    "difference.removed": ("không còn", "removed"),
    "difference.tightened": ("chặt hơn", "tightened"),
    "difference.loosened": ("lỏng hơn", "loosened"),
    "difference.altered": ("đổi yêu cầu", "altered"),
    "difference.filled": ("đã quy định mức được giao", "filled in"),
    "difference.open": ("chưa so sánh được", "not comparable yet"),
    "difference.reworded": ("đổi lời văn", "reworded"),
    "error.split_value": (
        "“{text}” không phải là tên số liệu; trong {{...}} giá trị có dấu phẩy cần đặt trong ngoặc kép",
        "“{text}” is no name of a measure; inside {{...}} a value with a comma must be quoted",
    ),
    # Laws of packs and of evaluation
    "law.case": ("trường hợp", "case"),
    "law.holds": ("giữ danh hiệu", "holds"),
    "law.kleene": (
        "kết quả được tổng hợp theo lôgic ba giá trị; nội dung không áp dụng không ảnh hưởng",
        "verdicts combine by three-valued logic; what does not apply is neutral",
    ),
    "law.missing": (
        "số liệu còn thiếu không quyết định điều gì: không phải là 0, không phải đạt, không phải chưa đạt",
        "a missing figure decides nothing: it is not zero, not a pass, not a failure",
    ),
    "law.reasons": ("kết quả chưa rõ nào cũng nêu lý do", "every open verdict says why"),
    "law.exact": (
        "so sánh, nhân ngưỡng và phần còn thiếu đều chính xác",
        "comparisons, multiples and shortfalls are exact",
    ),
    "law.any_unit": (
        "kết quả không phụ thuộc đơn vị tính của số liệu",
        "no verdict depends on the unit a value came in",
    ),
    "law.wrong_dimension": (
        "số liệu sai loại đại lượng là lỗi nêu rõ cả hai đơn vị tính",
        "a value of another dimension is an error that names both units",
    ),
    "law.better": ("số liệu tốt lên không làm mất kết quả đạt", "a better figure never loses a pass"),
    "law.more_facts": (
        "thêm thông tin không làm mất kết quả đã rõ, trừ khi mâu thuẫn",
        "one more fact never undoes an answer, unless it contradicts another",
    ),
    "law.measurement_first": (
        "số liệu đứng trên kết luận, mâu thuẫn được nêu ra; không có số liệu thì kết luận quyết định",
        "figures outrank findings and the conflict is reported; where figures decide nothing, the finding does",
    ),
    "law.trust_floor": (
        "không kết quả nào dựa trên mức yêu cầu kiểm chứng kém hơn mức đòi hỏi",
        "no verdict rests on a figure less verified than asked for",
    ),
    "law.explains": (
        "kết quả nêu số liệu, mức yêu cầu, dòng của bảng, phần còn thiếu và căn cứ",
        "an answer carries the figure, the requirement, its row, the shortfall and the law",
    ),
    "law.survives_writing": (
        "kết quả ghi ra rồi đọc lại vẫn như cũ",
        "an answer written down and read back is the same",
    ),
    "law.not_concerned": ("bộ tiêu chí không có nội dung liên quan", "nothing in the pack is concerned"),
    "law.nothing_seen": (
        "thử {tries} lần nhưng không gặp trường hợp nào để kiểm tra",
        "tried {tries} times without meeting a case to test",
    ),
    "law.seen": ("thử {tries} lần, {seen} trường hợp", "tried {tries} times, {seen} cases"),
    "law.no_hole": (
        "bảng ngưỡng có dòng cho mọi vùng, năm và loại đơn vị",
        "the tables have a row for every region, year and kind of unit",
    ),
    "law.right_way": (
        "số liệu tốt hơn không biến đạt thành chưa đạt",
        "a better value never turns a pass into a failure",
    ),
    "law.can_be_met": ("yêu cầu nào cũng có số liệu đáp ứng được", "every requirement can be met by some figures"),
    "law.can_fail": (
        "yêu cầu nào cũng có số liệu không đáp ứng",
        "every requirement can fail: one that cannot asks for nothing",
    ),
    "law.whole_can_be_met": (
        "một đơn vị có thể đáp ứng cùng lúc mọi yêu cầu",
        "one unit can meet all requirements together",
    ),
    "broken.no_hole": ("{code}: không có mức yêu cầu cho đơn vị này", "{code}: no required level for this unit"),
    "broken.right_way": (
        "{code}: {measure} tốt hơn lại thành chưa đạt; phép so sánh có ngược chiều không?",
        "{code}: a better value of “{measure}” fails where a worse one passes; is the comparison the wrong way round?",
    ),
    "broken.can_be_met": (
        "{code}: không số liệu nào đáp ứng được yêu cầu này",
        "{code}: no figures can meet this requirement",
    ),
    "broken.can_fail": (
        "{code}: số liệu nào cũng đáp ứng yêu cầu này",
        "{code}: whatever the figures, this requirement is met",
    ),
    "broken.whole_can_be_met": (
        "{code}: không thể đáp ứng cùng với các yêu cầu đứng trước nó",
        "{code}: cannot be met together with the requirements before it",
    ),
    "broken.kleene": ("{code}: phải là {expected}", "{code}: should be {expected}"),
    "broken.missing": (
        "{code}: thiếu số liệu {measure} mà vẫn có kết quả",
        "{code}: decided although {measure} is missing",
    ),
    "broken.reasons": ("{code}: chưa rõ nhưng không nêu lý do", "{code}: open, but does not say why"),
    "broken.exact": ("{code}: so sánh {measure} không chính xác", "{code}: {measure} is not compared exactly"),
    "broken.any_unit": (
        "{code}: đổi đơn vị tính thì kết quả khác đi",
        "{code}: the same amount in another unit comes to something else",
    ),
    "broken.wrong_dimension": (
        "{code}: số liệu sai loại đại lượng không bị từ chối rõ ràng",
        "{code}: a value of another dimension is not refused with both units named",
    ),
    "broken.better": (
        "{code}: {measure} tốt lên nhưng không còn đạt",
        "{code}: {measure} got better, and the pass was lost",
    ),
    "broken.more_facts": (
        "{code}: thêm một thông tin thì kết quả đã rõ thành chưa rõ",
        "{code}: one more fact undid an answer, and nothing contradicts it",
    ),
    "broken.measurement_first": (
        "{code}: số liệu và kết luận không được xử lý đúng thứ tự",
        "{code}: figures and findings are not ranked as they should be",
    ),
    "broken.trust_floor": (
        "{code}: kết quả đổi chiều hoặc dựa trên mức yêu cầu chưa kiểm chứng tới “{trust}”",
        "{code}: the answer turns, or rests on a figure not verified as far as “{trust}”",
    ),
    "broken.explains": (
        "{code}: kết quả không nêu đủ hoặc nêu sai căn cứ",
        "{code}: the answer does not carry what led to it, or carries something else",
    ),
    "broken.survives_writing": ("{code}: ghi ra rồi đọc lại thì khác", "{code}: written down and read back it differs"),
    # Lint
    "lint.note": ("chỉ để biết", "for information only"),
    "lint.hole": ("{code}: bảng mức yêu cầu thiếu dòng {rows}", "{code}: the table of values has no row for {rows}"),
    "lint.hole.fix": (
        "Thêm các dòng còn thiếu, hoặc otherwise; nếu văn bản có mà chưa nhập được thì ghi untranscribed.",
        "Add the missing rows, or otherwise; where the decision has a value nobody has entered, write untranscribed.",
    ),
    "lint.overlap.versions": (
        "{code}: hai phiên bản cùng có hiệu lực {span}; chỉ phiên bản đứng trước được dùng",
        "{code}: two versions are both in force {span}; only the first is used",
    ),
    "lint.overlap.regions": (
        "một đơn vị có thể thuộc hai quy tắc vùng; chỉ quy tắc đứng trước được dùng, không phải: {text}",
        "one unit can fall under two region rules; only the first is used, not this one: {text}",
    ),
    "lint.overlap.fix": (
        "Sửa để mỗi ngày, mỗi đơn vị chỉ thuộc một trường hợp.",
        "Change one of them so that each day and unit falls under one only.",
    ),
    "lint.unreachable.row": (
        "{code}: dòng {row} không bao giờ được dùng",
        "{code}: the row {row} is never used",
    ),
    "lint.unreachable.otherwise": (
        "{code}: otherwise không bao giờ được dùng vì các dòng đã đủ",
        "{code}: otherwise is never used, as the rows are complete",
    ),
    "lint.unreachable.version": (
        "{code}: phiên bản {span} nằm ngoài thời gian hiệu lực của bộ tiêu chí",
        "{code}: the version {span} lies outside the time the pack is in force",
    ),
    "lint.unreachable.branch": (
        "{code}: nhánh này không bao giờ được xét",
        "{code}: nothing ever leads to this branch",
    ),
    "lint.unreachable.never_applies": (
        "{code}: điều kiện áp dụng không bao giờ đúng",
        "{code}: the condition under which it applies never holds",
    ),
    "lint.unreachable.grade": (
        "{code}: không đơn vị nào được xếp hạng này, vì đơn vị nào đạt cũng đạt hạng {other} đứng trước",
        "{code}: no unit is ever given this grade, since whatever meets it meets grade {other}, which stands before it",
    ),
    "lint.unreachable.grades": (
        "Xếp hạng cao nhất lên trước trong grades, hoặc đối chiếu các mức với văn bản.",
        "Put the highest grade first under `grades`, or check the values against the decision.",
    ),
    "lint.unreachable.fix": (
        "Bỏ phần này, hoặc sửa điều kiện, thời gian, vùng để nó được dùng.",
        "Remove it, or change the condition, dates or regions so that it is used.",
    ),
    "lint.unreachable.tighten": (
        "Bộ gốc không xét số liệu này ở đây, nên set không đặt mức được. Muốn yêu cầu cao hơn thì viết lại cả nội dung {code} "
        "trong change: requires gồm mọi điều kiện của bộ gốc và thêm điều kiện mới; nếu không thì bỏ dòng này.",
        "The set this one extends does not ask this measure here, so `set` can give it no level. To ask more, write the "
        "whole of {code} anew under `change`: `requires` with every condition of that set and the new one; else remove it.",
    ),
    "lint.average": (
        "{code}. {name}: mọi mức đã đặt ({values}) đều chưa tới mức bình quân các xã mà văn bản đòi hỏi ({asked})",
        "{code}. {name}: every level set ({values}) falls short of the average of communes that is asked ({asked})",
    ),
    "lint.average.fix": (
        "Xã nào cũng chỉ vừa đạt thì bình quân sẽ không đạt: nâng mức của một nhóm, hoặc bảo đảm bình quân bằng cách khác.",
        "If every commune just met its level the average would not be met: raise one group's, or ensure it otherwise.",
    ),
    "lint.contradiction": (
        "{code}: không giá trị hợp lệ nào đạt được mức này ({where})",
        "{code}: no valid value can reach this ({where})",
    ),
    "lint.contradiction.whole": (
        "{code}: các phần của yêu cầu mâu thuẫn nhau, không thể đạt ({where})",
        "{code}: the parts of the requirement contradict each other, so it cannot be met ({where})",
    ),
    "lint.contradiction.together": (
        "{codes}: không thể cùng đạt ({where})",
        "{codes}: cannot be met together ({where})",
    ),
    "lint.contradiction.fix": (
        "Đối chiếu mức yêu cầu và dấu so sánh với văn bản.",
        "Check the values and the direction of the comparison against the decision.",
    ),
    "lint.always": (
        "{code}: mọi giá trị hợp lệ đều đạt mức này ({where})",
        "{code}: every valid value reaches this ({where})",
    ),
    "lint.always.whole": (
        "{code}: yêu cầu này luôn đạt, dù số liệu thế nào ({where})",
        "{code}: the requirement is met whatever the figures are ({where})",
    ),
    "lint.always.applies": (
        "{code}: điều kiện áp dụng luôn đúng {where}",
        "{code}: the condition under which it applies always holds {where}",
    ),
    "lint.always.fix": (
        "Đối chiếu mức yêu cầu và dấu so sánh với văn bản, hoặc bỏ điều kiện thừa.",
        "Check the values and the comparison against the decision, or remove the needless condition.",
    ),
    "lint.unit": (
        "{code}: mức {given} ghi bằng đơn vị khác với số liệu ({wanted})",
        "{code}: {given} is in another unit than its measure ({wanted})",
    ),
    "lint.unit.fix": ("Ghi {same}.", "Write {same}."),
    "lint.fraction": (
        "{code}: mức yêu cầu không ghi đơn vị được hiểu là {read}; có thể ý là {meant}",
        "{code}: the value asked for has no unit and is read as {read}; {meant} may be meant",
    ),
    "lint.fraction.fix": (
        "Ghi rõ “{meant}”, hoặc “{read}” nếu đúng là như vậy.",
        "Write “{meant}”, or “{read}” if that is what the decision says.",
    ),
    "lint.scale": (
        "{code}: các dòng của bảng lệch nhau quá lớn, từ {small} đến {large}",
        "{code}: the rows of the table are of very different size, from {small} to {large}",
    ),
    "lint.scale.fix": (
        "Kiểm tra đơn vị tính và dấu phẩy thập phân của từng dòng.",
        "Check the unit and the decimal point of each row.",
    ),
    "lint.falling": (
        "{code}: năm {year} chỉ đòi {after}, lỏng hơn {before} của năm trước đó",
        "{code}: {year} asks for {after} only, which is laxer than the {before} of the years before",
    ),
    "lint.falling.fix": (
        "Đối chiếu các năm với văn bản: có thể hai năm bị đổi chỗ hoặc số lệch dấu phẩy.",
        "Check the years against the decision: two may have changed places, or a decimal point may have slipped.",
    ),
    "lint.covered": (
        "{code}: phương án {branch} không thêm gì, vì đơn vị nào đạt phương án {branch} cũng đạt phương án {wider}",
        "{code}: alternative {branch} adds nothing, since whatever meets it meets alternative {wider} too",
    ),
    "lint.covered.twice": (
        "{code}: điều kiện {branch} và điều kiện {wider} là một, nên được tính hai lần",
        "{code}: conditions {branch} and {wider} are one and the same, so it counts twice",
    ),
    "lint.covered.needless": (
        "{code}: điều kiện {branch} không thêm gì: bỏ đi thì kết quả vẫn như cũ",
        "{code}: condition {branch} adds nothing: without it the result is the same",
    ),
    "lint.covered.choice": (
        "{code}: then và otherwise yêu cầu như nhau, nên when không có tác dụng",
        "{code}: `then` and `otherwise` ask for the same, so `when` decides nothing",
    ),
    "lint.covered.fix": (
        "Đối chiếu các mức với văn bản, hoặc bỏ phương án thừa.",
        "Check the values against the decision, or remove the needless alternative.",
    ),
    "lint.left_behind": (
        "{code}: từ {start} đến {end} mức của {base} vẫn áp dụng, không phải mức quy định ở đây",
        "{code}: from {start} to {end} the value of {base} stays, not the one set here",
    ),
    "lint.left_behind.fix": (
        "Trong những ngày ấy chỉ tiêu hỏi số liệu khác: ghi thêm mức cho số liệu đó vào set, hoặc versions vào change.",
        "On these days the indicator asks for another measure: add a value for that one under set, or versions under change.",
    ),
    "lint.told_otherwise": (
        "{code}: mức {figure} không có trong nội dung của chính chỉ tiêu, vốn ghi {told}",
        "{code}: the value {figure} is not in the indicator's own words, which say {told}",
    ),
    "lint.told_otherwise.sign": (
        "{code}: dấu so sánh {sign} không khớp nội dung của chính chỉ tiêu, vốn ghi {told} {figure}",
        "{code}: the comparison {sign} is not the one in the indicator's own words, which say {told} {figure}",
    ),
    "lint.told_otherwise.points": (
        "{code}: {other} được tính {figure}, trong khi nội dung của {other} ghi {told}",
        "{code}: {other} is worth {figure} here, while its own words say {told}",
    ),
    "lint.told_otherwise.fix": (
        "Đối chiếu mức và nội dung với văn bản; số có thể lệch dấu phẩy.",
        "Check the value and the words against the decision; a decimal point may have slipped.",
    ),
    "lint.direction": (
        "{code}: dấu so sánh ngược với chiều tốt lên của “{name}”",
        "{code}: the comparison goes against the direction in which “{name}” gets better",
    ),
    "lint.direction.fix": (
        "Đối chiếu ≥ hay ≤ với văn bản, hoặc sửa better của số liệu.",
        "Check ≥ or ≤ against the decision, or correct better of the measure.",
    ),
    "lint.laxer": (
        "{code}: lỏng hơn {base} ({where})",
        "{code}: laxer than {base} ({where})",
    ),
    "lint.laxer.fix": (
        "Tỉnh chỉ được quy định bằng hoặc cao hơn: sửa mức, ghi vùng của tỉnh vào regions, hoặc nêu căn cứ pháp lý cho "
        "{code} trong looser_than_base.",
        "A province may equal or exceed the value only: change it, name the province's region in regions, or state the "
        "legal ground for {code} in looser_than_base.",
    ),
    "lint.laxer.fix_group": (
        "Tỉnh chỉ được quy định bằng hoặc cao hơn mức của từng nhóm xã: sửa mức của nhóm ấy, hoặc nêu căn cứ pháp lý cho "
        "{code} trong looser_than_base.",
        "A province may equal or exceed the value of each group only: change that of the group, or state the legal ground "
        "for {code} in looser_than_base.",
    ),
    "lint.ground": (
        "looser_than_base nêu căn cứ cho {named}, nhưng mã này không lỏng hơn {base}",
        "looser_than_base states a ground for {named}, which is not laxer than {base}",
    ),
    "lint.ground.fix": ("Bỏ dòng này, hoặc sửa mã.", "Remove the line, or correct the code."),
    "lint.language": (
        "{code} thiếu lời {language}: {text}",
        "{code} has no {language} text: {text}",
    ),
    "lint.language.fix": ("Viết cả vi và en.", "Write both vi and en."),
    "lint.source": ("{code} không nêu căn cứ pháp lý", "{code} names no legal source"),
    "lint.source.criterion": ("tiêu chí {code} không nêu căn cứ pháp lý", "criterion {code} names no legal source"),
    "lint.source.fix": (
        "Thêm source với basis, verification và nơi đã đọc.",
        "Add source with its basis, verification and what was read.",
    ),
    "lint.order": ("{code} đứng sau {other}", "{code} stands after {other}"),
    "lint.order.misplaced": (
        "{code} nằm trong tiêu chí {other}",
        "{code} stands under criterion {other}",
    ),
    "lint.order.gap": ("trước {code} không có {other}", "there is no {other} before {code}"),
    "lint.order.fix": (
        "Xếp theo thứ tự và mã của văn bản; nội dung chưa nhập thì đánh dấu incomplete.",
        "Follow the order and codes of the decision; where contents are not entered, say incomplete.",
    ),
    "lint.unused.basis": ("không mức nào dựa vào văn bản {name}", "nothing rests on the decision {name}"),
    "lint.unused.measure": ("số liệu {name} không được hỏi tới", "the measure {name} is never asked for"),
    "lint.unused.attribute": ("thuộc tính {name} không được hỏi tới", "the attribute {name} is never asked for"),
    "lint.unused.fix": ("Bỏ đi, hoặc dùng đến nó.", "Remove it, or use it."),
    "lint.missing_pack": (
        "{code}: bộ tiêu chí {other} chưa được cài đặt",
        "{code}: the pack {other} is not installed",
    ),
    "lint.missing_pack.fix": (
        "Cài gói có bộ tiêu chí đó, hoặc sửa tên.",
        "Install the bundle it is in, or correct the name.",
    ),
    "lint.circular": (
        "{code}: {other} lại đòi hỏi chính bộ tiêu chí này",
        "{code}: {other} in its turn asks for this very pack",
    ),
    "lint.circular.fix": (
        "Bỏ một trong các yêu cầu của vòng; không đơn vị nào đánh giá được theo vòng.",
        "Remove one requirement of the circle; no unit can be judged by a circle.",
    ),
    "lint.measured_elsewhere": (
        "{code}: để cơ quan kết luận, trong khi {other} đo cùng nội dung ở {their_code} bằng {measure}",
        "{code}: left to a department's conclusion, while {other} measures the same content in {their_code} by {measure}",
    ),
    "lint.measured_elsewhere.fix": (
        "Nếu văn bản có mức bằng số, dùng số liệu {measure}.",
        "If the decision gives a number, ask for the measure {measure}.",
    ),
    # Audit and pages of packs
    "audit.stated": ("theo văn bản", "stated"),
    "audit.secondary": ("nguồn thứ cấp", "secondary"),
    "audit.recalled": ("theo trí nhớ", "recalled"),
    "audit.uncertain": ("chưa chắc chắn", "uncertain"),
    "audit.delegated": ("giao cho tỉnh", "left to the province"),
    "audit.untranscribed": ("chưa nhập", "not transcribed"),
    "audit.counts": ("{total} mức yêu cầu: {counts}", "{total:figure|figures}: {counts}"),
    "audit.by_name": (
        "{count} tiêu chí mới biết tên, chưa nhập nội dung: {codes}",
        "{count:criterion|criteria} known by name only: {codes}",
    ),
    "audit.incomplete": ("bộ tiêu chí mới nhập được một phần", "the pack is only partly transcribed"),
    "audit.weak": (
        "{count} mức chưa đối chiếu với văn bản hoặc nguồn dẫn lại văn bản:",
        "{count:figure|figures} not read in the decision or in a report of it:",
    ),
    "audit.candidates": ("có thể là {values}", "perhaps {values}"),
    "page.applies_to": ("Áp dụng cho: {levels}", "Applies to: {levels}"),
    "page.valid": ("Hiệu lực: {span}", "In force: {span}"),
    "page.regions": ("Vùng: {regions}", "Region: {regions}"),
    "page.extends": ("Dựa trên: {pack}", "Laid over: {pack}"),
    "page.verified": ("Kiểm chứng {total} mức yêu cầu: {counts}.", "Verification of {total:figure|figures}: {counts}."),
    "page.legend": (
        "Ký hiệu: ° theo trí nhớ, ? chưa chắc chắn, * do bộ tiêu chí này quy định thay cho bộ mà nó dựa trên.",
        "Marks: ° recalled, ? uncertain, * set by this pack in place of the one it is laid over.",
    ),
    "page.incomplete": (
        "Bộ tiêu chí mới nhập được một phần; phần còn thiếu phải có kết luận của cơ quan phụ trách.",
        "The pack is only partly transcribed; what is missing needs the conclusion of the department in charge.",
    ),
    "page.legal_basis": ("Căn cứ pháp lý", "Legal basis"),
    "page.region_rules": ("Áp dụng mức của vùng khác", "Units that use another region's values"),
    "page.prerequisites": ("Điều kiện tiên quyết", "Prerequisites"),
    "page.criteria": ("Tiêu chí", "Criteria"),
    "page.grades": ("Xếp hạng", "Grades"),
    "page.authorities": ("Thẩm quyền", "Who decides"),
    "page.notes": ("Ghi chú", "Notes"),
    "page.by_name": (
        "Mới biết tên tiêu chí; cần kết luận cho cả tiêu chí.",
        "Known by name only; a conclusion on the whole criterion is needed.",
    ),
    "page.contents": (
        "Tiêu chí có {count} nội dung, chưa nhập; cần kết luận cho cả tiêu chí.",
        "{count:content|contents}, not all transcribed; a conclusion on the whole criterion is needed.",
    ),
    "page.applies_if": ("chỉ áp dụng: {condition}", "applies only: {condition}"),
    "page.column.code": ("Mã", "Code"),
    "page.column.text": ("Nội dung", "Content"),
    "page.column.requires": ("Yêu cầu", "Required"),
    "page.column.agency": ("Cơ quan", "Department"),
    "page.column.source": ("Căn cứ", "Source"),
    "page.column.verification": ("Kiểm chứng", "Verification"),
    "page.column.row": ("Trường hợp", "Case"),
    "page.column.value": ("Mức", "Value"),
    "page.see_table": ("xem bảng", "see table"),
    "page.index": ("Các bộ tiêu chí", "Packs"),
    "page.generated": (
        "Các trang này được tạo từ tệp bộ tiêu chí bằng `python -m ntm_rules.analysis.page docs/packs`.",
        "These pages are generated from the pack files by `python -m ntm_rules.analysis.page docs/packs`.",
    ),
    # Situations
    "situation.head": ("{file}: “{name}”", "{file}: “{name}”"),
    "situation.differs": ("{code}: cần {expected}, kết quả là {got}", "{code}: expected {expected}, got {got}"),
    "situation.reason": (
        "{code}: cần lý do {expected}, các lý do là: {got}",
        "{code}: expected the reason {expected}, the reasons are: {got}",
    ),
}
