"""Pack files, the catalogue, requirements in words."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Pack files
    "error.file_too_large": (
        "tệp quá lớn: {size} byte (tối đa {limit})",
        "the file is too large: {size} bytes (at most {limit})",
    ),
    "error.cannot_read": ("không đọc được tệp: {reason}", "cannot read the file: {reason}"),
    "error.cannot_write": ("không ghi được: {reason}", "cannot write: {reason}"),
    "error.output_exists": (
        "đã có tệp này, có thể đã được điền; hãy chọn tên khác, hoặc thêm --force để ghi đè",
        "the file is there, and may have been filled in; choose another name, or say --force to write over it",
    ),
    "error.output_is_input": (
        "tệp này đang được đọc làm dữ liệu vào nên không ghi đè; hãy chọn tên khác",
        "this file is read as input and is not written over; choose another name",
    ),
    "error.not_a_workbook": (
        "{file}: biểu và phiếu là tệp Excel; tên tệp phải kết thúc bằng .xlsx",
        "{file}: forms and worksheets are Excel files; the name must end in .xlsx",
    ),
    "reason.no_such_file": ("không có tệp hoặc thư mục này", "there is no such file or folder"),
    "reason.is_a_folder": ("đây là thư mục, không phải tệp", "it is a folder, not a file"),
    "reason.no_folder": ("đường dẫn đi qua một tệp, không phải thư mục", "part of the path is a file, not a folder"),
    "reason.exists": ("đã có tệp hoặc thư mục tên này", "a file or folder of that name is there already"),
    "reason.read_only": ("ổ đĩa chỉ cho đọc", "the disk is read-only"),
    "reason.disk_full": ("ổ đĩa đã đầy", "the disk is full"),
    "reason.name_too_long": ("tên tệp quá dài", "the name is too long"),
    "reason.name_refused": ("hệ điều hành không nhận tên tệp này", "the system takes no such name"),
    "reason.system": ("hệ điều hành từ chối, mã {code}", "the system refuses, code {code}"),
    "reason.no_permission": (
        "không có quyền truy cập, hoặc tệp đang mở trong chương trình khác",
        "access is denied, or another program has the file open",
    ),
    "error.not_utf8": ("tệp không ở mã UTF-8", "the file is not UTF-8"),
    "error.yaml": ("YAML không hợp lệ: {reason}", "not valid YAML: {reason}"),
    "syntax.wrong": ("sai cú pháp", "the syntax is wrong"),
    "syntax.wrong_at": (
        "sai cú pháp ở dòng {line}, cột {column}",
        "the syntax is wrong at line {line}, column {column}",
    ),
    "syntax.colon": (
        "dấu hai chấm ở chỗ không được; nếu nó thuộc một đoạn chữ, hãy đặt cả đoạn trong ngoặc kép, nếu không, hãy xem lại lề thụt",
        "a colon where none may stand; if it belongs to a text, put all of it in quotes, if not, look at the indentation",
    ),
    "syntax.start": (
        "có dấu tab, hoặc giá trị bắt đầu bằng ký tự như @ hay `; hãy thụt lề bằng dấu cách và đặt đoạn chữ trong ngoặc kép",
        "a tab, or a value that begins with a sign such as @ or `; indent by spaces and put the text in quotes",
    ),
    "syntax.sign": (
        "YAML không đọc được giá trị bắt đầu bằng “>”; mức chỉ là con số, như “90 %”: dấu thuộc về điều kiện (at_least, "
        "more_than, …); đoạn chữ thì đặt trong ngoặc kép",
        "YAML reads no value that begins with “>”; a threshold is the number alone, as “90 %”: the sign belongs to the "
        "condition (at_least, more_than, …); put other text in quotes",
    ),
    "syntax.open_quote": ("dấu nháy mở ra mà không đóng lại", "a quotation mark is opened and not closed"),
    "syntax.open_list": (
        "dấu “[” mở ra mà không đóng lại, hoặc thiếu dấu phẩy",
        "“[” is opened and not closed, or a comma is missing",
    ),
    "syntax.open_mapping": (
        "dấu “{{” mở ra mà không đóng lại, hoặc thiếu dấu phẩy",
        "“{{” is opened and not closed, or a comma is missing",
    ),
    "syntax.no_colon": (
        "thiếu dấu hai chấm và dấu cách sau tên khóa",
        "the key wants a colon and a space behind it",
    ),
    "syntax.indent": (
        "lề thụt hoặc gạch đầu dòng không khớp với các dòng trên",
        "the indentation or the dash does not fit the lines above",
    ),
    "syntax.backslash": (
        "dấu “\\” trong ngoặc kép có nghĩa riêng; hãy dùng dấu nháy đơn",
        "“\\” means something of its own in double quotes; use single quotes",
    ),
    "syntax.control": ("có ký tự điều khiển không in được", "a control character that cannot be printed"),
    "syntax.json_key": (
        "tên khóa phải đặt trong ngoặc kép, và sau khóa cuối không có dấu phẩy",
        "a key must stand in double quotes, and no comma follows the last one",
    ),
    "syntax.json_colon": ("thiếu dấu hai chấm sau tên khóa", "the key wants a colon behind it"),
    "syntax.json_comma": ("thiếu dấu phẩy, hoặc chưa đóng ngoặc", "a comma is missing, or a bracket is not closed"),
    "syntax.json_trailing": ("thừa dấu phẩy trước ngoặc đóng", "there is a comma before the closing bracket"),
    "syntax.json_value": (
        "thiếu giá trị, hoặc chữ không đặt trong ngoặc kép",
        "a value is missing, or a text is not in double quotes",
    ),
    "syntax.json_extra": ("còn nội dung thừa sau khi đã hết", "something follows after the end"),
    "syntax.json_escape": (
        "dấu “\\” phải viết hai lần trong ngoặc kép",
        "“\\” must be written twice inside quotes",
    ),
    "error.empty_file": ("tệp trống", "the file is empty"),
    "error.several_documents": ("tệp chỉ được có một tài liệu YAML", "the file must hold one YAML document"),
    "error.alias": (
        "không dùng được neo và bí danh YAML (& và *); hãy viết lại giá trị",
        "YAML anchors and aliases (& and *) are not accepted; write the value again",
    ),
    "error.tag": ("không dùng được nhãn YAML “{tag}”", "the YAML tag “{tag}” is not accepted"),
    "error.too_deep": ("lồng nhau quá {limit} tầng", "nested more than {limit} levels deep"),
    "error.too_many_values": (
        "tệp có quá {limit} giá trị; hãy chia thành nhiều tệp",
        "the file has more than {limit} values; split it into several files",
    ),
    "error.key_not_text": ("khóa phải là chữ", "a key must be plain text"),
    "error.duplicate_key": (
        "khóa “{key}” lặp lại (đã có ở dòng {first})",
        "the key “{key}” is repeated (first at line {first})",
    ),
    "error.and_more": ("và {count} lỗi khác nữa", "and {count:more fault|more faults}"),
    "error.unknown_key": ("khóa lạ “{key}”. {near}", "unknown key “{key}”. {near}"),
    "error.missing_key": ("thiếu khóa “{key}”", "the key “{key}” is missing"),
    "error.not_one_of": (
        "“{given}” không hợp lệ; cần một trong: {names}. {near}",
        "“{given}” is not valid; expected one of: {names}. {near}",
    ),
    "error.invalid": ("“{given}” không hợp lệ: {reason}", "“{given}” is not valid: {reason}"),
    "error.not_an_answer": (
        "đây không phải là kết quả do to_json ghi: {reason}",
        "this is no answer that to_json wrote: {reason}",
    ),
    # The short forms of a pack file.
    "error.sources_expected": (
        "cần nguồn theo mã, ví dụ sources: {{bao: {{basis: qd1, verification: secondary, url: https://…}}}}",
        "expected sources by id, such as sources: {{paper: {{basis: qd1, verification: secondary, url: https://…}}}}",
    ),
    "error.no_such_source": (
        "không có nguồn “{source}” trong mục sources. {near}",
        "there is no source “{source}” under sources. {near}",
    ),
    "error.source_place": (
        "nguồn “{source}” cần vị trí trong văn bản; hãy viết: {source} Điều 4",
        "the source “{source}” wants a place in the decision; write: {source} Điều 4",
    ),
    "error.place_code": (
        "vị trí “{place}” lấy mã của chỉ tiêu, nhưng chỗ này không có mã; hãy ghi rõ vị trí",
        "the place “{place}” takes the code of an indicator, and there is none here; write the place out",
    ),
    "error.columns_expected": (
        "cần tên cột của bảng, mỗi cột một lần, ví dụ columns: {{region: [tdmnpb, dbsh]}}",
        "expected the headings of a table, each once, such as columns: {{region: [tdmnpb, dbsh]}}",
    ),
    "error.row_no_heading": (
        "một hàng giá trị cần tên cột; hãy ghi ở đầu tệp hoặc đầu tiêu chí: columns: {{region: […]}}",
        "a row of values wants headings; write at the top of the file or of the criterion: columns: {{region: […]}}",
    ),
    "error.row_which_heading": (
        "hàng giá trị này có thể thuộc nhiều tên cột ({names}); hãy viết rõ, ví dụ by_region: […]",
        "this row of values can stand under several headings ({names}); say which, such as by_region: […]",
    ),
    "error.row_length": (
        "hàng có {count} giá trị, còn tên cột có {wanted}: {names}",
        "the row has {count:value|values} and the heading {wanted}: {names}",
    ),
    "error.not_shared": (
        "tệp shared.yaml của gói không có “{name}” trong mục {kind}. {near}",
        "the bundle's shared.yaml has no “{name}” under {kind}. {near}",
    ),
    # What a value should be, in the place of what pydantic says.
    "fault.bool": ("cần true hoặc false", "expected true or false"),
    "fault.number": ("cần một số", "expected a number"),
    "fault.whole": ("cần một số nguyên", "expected a whole number"),
    "fault.text": ("cần một đoạn chữ", "expected a text"),
    "fault.text_quoted": (
        'cần một đoạn chữ; hãy đặt trong ngoặc kép: "{text}"',
        'expected a text; put it in quotes: "{text}"',
    ),
    "fault.mapping": ("cần các cặp khóa và giá trị", "expected keys with values"),
    "fault.list": ("cần một danh sách", "expected a list"),
    "fault.not_blank": ("không được để trống", "it must not be blank"),
    "fault.not_empty": ("phải có ít nhất một mục", "there must be at least one item"),
    "fault.ge": ("phải từ {limit} trở lên", "it must be at least {limit}"),
    "fault.gt": ("phải lớn hơn {limit}", "it must be more than {limit}"),
    "fault.le": ("không được quá {limit}", "it must be at most {limit}"),
    "fault.lt": ("phải nhỏ hơn {limit}", "it must be less than {limit}"),
    "fault.nothing": ("(trống)", "(nothing)"),
    "fault.unreadable": ("không đúng dạng cần có ở đây", "not what belongs here"),
    "pack.for_group": (
        "Mức đạt chuẩn đối với {group}, {title}",
        "The levels asked of {group}, {title}",
    ),
    "error.restates": (
        "restates: true nghĩa là vẫn bộ tiêu chí ấy, nên không thêm nội dung, điều kiện hay cấp áp dụng; hãy bỏ "
        "restates, hoặc bỏ add, prerequisites, applies_to",
        "restates: true means the same set, so it adds no contents, prerequisites or levels; leave out restates, or add, "
        "prerequisites and applies_to",
    ),
    "error.pack_id": (
        "“{reference}” không phải là mã bộ tiêu chí; cần chữ thường không dấu, số, gạch nối và dấu “/”: hatinh/commune",
        "“{reference}” is not a pack id; use small letters without marks, digits, hyphens and “/”: hatinh/commune",
    ),
    "error.edition": (
        "“{given}” không dùng làm tên ấn bản được; chỉ dùng chữ không dấu, số, dấu chấm và gạch nối: 2021-2025",
        "“{given}” cannot name an edition; use letters without marks, digits, dots and hyphens: 2021-2025",
    ),
    "error.spelt_name": (
        "“{given}” không dùng làm mã số liệu được; cần chữ thường không dấu, số và gạch dưới: income_per_capita",
        "“{given}” cannot name a measure; use small letters without marks, digits and underscores: income_per_capita",
    ),
    "error.text_cut": (
        "đoạn chữ bị ngắt ở dấu phẩy trước “{text}”; hãy đặt cả đoạn trong ngoặc kép",
        "the text is cut at the comma before “{text}”; put all of it in quotes",
    ),
    "error.text_expected": (
        "cần một đoạn chữ, hoặc {{vi: ..., en: ...}}",
        "expected a text, or {{vi: ..., en: ...}}",
    ),
    "error.threshold_counts": (
        "mức yêu cầu phải là một số, không phải là hai số đếm ({amount})",
        "a threshold is one number, not two counts ({amount})",
    ),
    "error.threshold_kind": (
        "không hiểu ngưỡng hoặc điều kiện này; ngưỡng là một giá trị, value, by_region, by_group, by_year, by_level, by_attribute, "
        "times + threshold_of, delegated hoặc untranscribed",
        "not a threshold or condition; a threshold is a value, value, by_region, by_group, by_year, by_level, by_attribute, "
        "times + threshold_of, delegated or untranscribed",
    ),
    "error.condition_kind": (
        "điều kiện phải có đúng một trong các khóa: {names} (đang có {count})",
        "a condition has exactly one of the keys: {names} (found {count})",
    ),
    "error.one_comparison": ("cần đúng một phép so sánh: {names}", "expected exactly one comparison: {names}"),
    "error.at_least_of": (
        "yêu cầu {needed} trong số {count} điều kiện",
        "asks for {needed} of only {count:condition|conditions}",
    ),
    "error.threshold_of": (
        "“{text}” không phải là chỉ tiêu của một bộ tiêu chí; cần dạng vn/commune-advanced#10",
        "“{text}” names no indicator of a pack; write it as vn/commune-advanced#10",
    ),
    "error.times": ("hệ số “{text}” phải là số dương", "the multiplier “{text}” must be a positive number"),
    "error.empty_table": ("bảng ngưỡng không có dòng nào", "the threshold table has no rows"),
    "error.year_row": (
        "dòng “{row}” không phải là năm (2023) hoặc khoảng năm (2022-2025) riêng biệt",
        "the row “{row}” is not a year (2023) or a span (2022-2025) of its own",
    ),
    "error.row_twice": ("dòng “{row}” đã có dưới tên khác", "the row “{row}” is there already, under another name"),
    "error.code_unquoted": (
        'mã {code} là một số nên không phân biệt được 2.1 với 2.10; hãy ghi mã trong ngoặc kép: "{code}"',
        'the code {code} is a number, in which 2.1 and 2.10 are the same; write codes in quotes: "{code}"',
    ),
    "error.unknown_row": ("dòng “{row}” không có; các dòng: {names}", "unknown row “{row}”; rows are: {names}"),
    "error.verification_unnamed": (
        "mức kiểm chứng “{verification}” cần url hoặc checked_against để nêu rõ đã đối chiếu với đâu",
        "verification “{verification}” needs a url or checked_against that names what was read",
    ),
    "error.period": ("ngày bắt đầu {start} sau ngày kết thúc {end}", "the start {start} is after the end {end}"),
    "error.criterion_empty": (
        "tiêu chí {code} không có chỉ tiêu; nếu chưa nhập được thì ghi incomplete: true",
        "criterion {code} has no indicators; if they are not transcribed yet, say incomplete: true",
    ),
    "error.addition": (
        "mỗi mục trong add là một criterion, hoặc một indicator kèm to: <mã tiêu chí>",
        "each entry of add is a criterion, or an indicator with to: <criterion code>",
    ),
    "error.duplicate_code": ("mã “{code}” lặp lại", "the code “{code}” is used twice"),
    "error.no_indicator": ("{pack} không có chỉ tiêu “{code}”. {near}", "{pack} has no indicator “{code}”. {near}"),
    "error.no_criterion": ("{pack} không có tiêu chí “{code}”. {near}", "{pack} has no criterion “{code}”. {near}"),
    "error.no_measure_asked": (
        "chỉ tiêu {code} không xét số liệu nào nên set không đặt được mức; hãy viết lại yêu cầu bằng change",
        "indicator {code} does not ask for exactly one measure but for none; write its requirement again with change",
    ),
    "error.which_measure": (
        "chỉ tiêu {code} dùng nhiều số liệu; hãy ghi measure: một trong {names}",
        "indicator {code} does not ask for exactly one measure; say measure: one of {names}",
    ),
    "error.measure_not_asked": (
        "chỉ tiêu {code} không dùng số liệu “{measure}”. {near}",
        "indicator {code} does not ask for the measure “{measure}”. {near}",
    ),
    "error.no_source": (
        "chỉ tiêu {code} của {pack} không có nguồn; hãy ghi source ở chỉ tiêu, tiêu chí hoặc bộ tiêu chí",
        "indicator {code} of {pack} has no source; give one at the indicator, its criterion or the pack",
    ),
    "error.unknown_basis": (
        "{pack} không có căn cứ “{basis}” trong legal_basis. {near}",
        "{pack} lists no “{basis}” in legal_basis. {near}",
    ),
    "error.basis_clash": (
        "căn cứ “{basis}” khác với căn cứ cùng mã của {pack}",
        "the basis “{basis}” differs from the one of {pack}",
    ),
    "error.unknown_measure": (
        "chỉ tiêu {code} dùng số liệu “{measure}” chưa được khai báo. {near}",
        "indicator {code} asks for the undeclared measure “{measure}”. {near}",
    ),
    "error.unknown_part": (
        "số liệu “{measure}” được tính từ số liệu “{part}” chưa được khai báo. {near}",
        "the measure “{measure}” follows from the undeclared measure “{part}”. {near}",
    ),
    "error.threshold_unit": (
        "ngưỡng của chỉ tiêu {code} tính bằng “{given}” nhưng số liệu tính bằng “{wanted}”",
        "the threshold of indicator {code} is in “{given}” but its measure is in “{wanted}”",
    ),
    "error.total_units": (
        "tổng của chỉ tiêu {code} cộng “{measure}” tính bằng “{given}” với số liệu tính bằng “{wanted}”",
        "the sum of indicator {code} adds “{measure}”, which is in “{given}”, to figures in “{wanted}”",
    ),
    "error.total_bound_unit": (
        "mức cao nhất của tổng ở chỉ tiêu {code} (never_above) tính bằng “{given}”, còn tổng tính bằng “{wanted}”",
        "the most the sum of indicator {code} can come to (never_above) is in “{given}”, the sum in “{wanted}”",
    ),
    "error.total_bound": (
        "chỉ tiêu {code}: các phần của tổng cộng lại đã ít nhất {least}, trên mức cao nhất {most} (never_above); hãy sửa mức "
        "này hoặc khoảng giá trị của các số liệu",
        "indicator {code}: the parts of the sum come to {least} at the least, above the most it can come to, {most} "
        "(never_above); mend that or the domains of the measures",
    ),
    "error.total_indicator": (
        "tổng của chỉ tiêu {code} tính điểm cho “{indicator}”, nhưng bộ tiêu chí không có mã đó. {near}",
        "the sum of indicator {code} gives points for “{indicator}”, a code the pack does not have. {near}",
    ),
    "error.total_cycle": (
        "tổng của chỉ tiêu {code} phụ thuộc vào chính nó",
        "the sum of indicator {code} depends on itself",
    ),
    "error.measure_clash": (
        "số liệu “{measure}” đã được khai báo khác đi trong {other}",
        "the measure “{measure}” is already defined differently in {other}",
    ),
    # Catalogue
    "error.reference": (
        "“{reference}” không phải là mã bộ tiêu chí; cần dạng vn/commune hoặc vn/commune@2021-2025",
        "“{reference}” is not a pack id; write vn/commune or vn/commune@2021-2025",
    ),
    "error.no_pack": ("không có bộ tiêu chí “{pack}”. {near}", "there is no pack “{pack}”. {near}"),
    "error.no_base": (
        "không có bộ tiêu chí “{pack}” mà tệp này phủ lên. {near} Nếu đó là tệp của bạn, hãy để cạnh tệp này",
        "there is no pack “{pack}”, which this file is laid over. {near} If it is a file of yours, put it beside this one",
    ),
    "error.base_twice": (
        "{pack}, bộ tiêu chí mà tệp này phủ lên, có trong nhiều tệp ở cùng thư mục: {names}; hãy chỉ để lại một",
        "{pack}, which this file is laid over, stands in several files beside it: {names}; leave one of them there",
    ),
    "error.no_edition": (
        "{pack} không có ấn bản “{edition}”; có: {names}",
        "{pack} has no edition “{edition}”; it has: {names}",
    ),
    "error.none_between": (
        "{pack}: ngày {day} không có bộ nào có hiệu lực: bộ trước áp dụng đến hết {before}, bộ sau có hiệu lực từ "
        "{after}; hãy cho một ngày không nằm giữa hai mốc ấy",
        "{pack}: no edition is in force on {day}: the one before applies to {before}, the next is in force from "
        "{after}; give a day that is not between the two",
    ),
    "error.none_after": (
        "{pack}: ngày {day} không có bộ nào có hiệu lực: bộ sau cùng ở đây áp dụng đến hết {before}",
        "{pack}: no edition is in force on {day}: the last one here applies to {before}",
    ),
    "error.none_before": (
        "{pack}: ngày {day} không có bộ nào có hiệu lực: bộ đầu tiên ở đây có hiệu lực từ {after}",
        "{pack}: no edition is in force on {day}: the first one here is in force from {after}",
    ),
    "error.extends_cycle": (
        "các bộ tiêu chí kế thừa vòng tròn: {chain}",
        "packs extend each other in a circle: {chain}",
    ),
    "error.id_is_not_name": (
        "tệp khai id {given} nhưng tên tệp là {wanted}",
        "the file says {given} but its name says {wanted}",
    ),
    "error.leads_out": ("tệp {file} dẫn ra ngoài gói “{bundle}”", "the file {file} leads out of the bundle “{bundle}”"),
    "error.file_name": (
        "tên tệp {file} của gói “{bundle}” cần dạng ten@an-ban.yaml",
        "the file {file} of the bundle “{bundle}” must be named name@edition.yaml",
    ),
    "error.namespace_clash": ("hai gói cùng tên “{namespace}”", "two bundles are named “{namespace}”"),
    "error.bundle_missing": (
        "gói “{namespace}” chỉ tới {module} nhưng không có thư mục đó",
        "the bundle “{namespace}” points to {module}, which is no folder",
    ),
    # Requirements in words
    "form.by_finding": ("theo kết luận của cơ quan phụ trách", "as the agency in charge concludes"),
    "form.if_any": ("nếu có", "if any"),
    "form.part_of": (
        "để tính “{name}”, khi chưa có số đã tính",
        "to work out “{name}”, where that is not given itself",
    ),
    "form.only_for": ("chỉ áp dụng: {who}", "asked of {who} only"),
    "form.not_asked": ("không quy định", "not asked"),
    "form.meets": ("đạt {pack}", "meets {pack}"),
    "form.every": ("mọi {levels} đạt {pack}", "every {levels} meets {pack}"),
    "form.share": ("tỷ lệ {levels} đạt {pack}", "share of units ({levels}) meeting {pack}"),
    "form.count": ("số {levels} đạt {pack}", "number of units ({levels}) meeting {pack}"),
    "form.unmet_share": ("tỷ lệ tiêu chí của {pack} không đạt", "share of the criteria of {pack} not met"),
    "form.total": ("tổng của {terms}", "the sum of {terms}"),
    "form.total_up_to": ("tổng của {terms} (cao nhất {most})", "the sum of {terms} ({most} at most)"),
    "form.points": ("{points} nếu đạt {code}", "{points} if {code} is met"),
    "form.or": ("hoặc", "or"),
    "form.at_least_of": ("ít nhất {needed} trong số: {parts}", "at least {needed} of: {parts}"),
    "form.choice": ("nếu {when}: {then}; nếu không: {otherwise}", "if {when}: {then}; otherwise: {otherwise}"),
    "form.no_row": ("(không có mức cho vùng, nhóm xã hoặc thời điểm này)", "(no value for this region, group or date)"),
    "form.unchecked": ("chưa đối chiếu", "not checked"),
    "form.delegated": ("(do cấp tỉnh quy định)", "(set by the province)"),
    "form.delegated_average": (
        "(do cấp tỉnh quy định, bảo đảm bình quân các xã {average})",
        "(set by the province, so that communes come to {average} on average)",
    ),
    "form.untranscribed": ("(chưa nhập mức của văn bản)", "(value of the decision not entered yet)"),
    "form.multiple": ("{times} lần mức chỉ tiêu {code} của {pack}", "{times} times the value of {code} of {pack}"),
}
