"""Offices' own tables: how they were understood, and what is wrong in them."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Layouts
    "error.needs_layout": (
        "cần rapidfuzz để đọc biểu của cơ quan: pip install 'ntm-rules[layout]'",
        "reading an agency's own tables needs rapidfuzz: pip install 'ntm-rules[layout]'",
    ),
    "error.layout_heading": (
        "dòng tiêu đề từ {first} đến {last} không hợp lệ (nhiều nhất sáu dòng)",
        "the heading from row {first} to row {last} cannot be (six rows at most)",
    ),
    "error.layout_twice": (
        "cột {column} có hai lần trong khuôn biểu",
        "the column {column} stands twice in the layout",
    ),
    "error.layout_no_unit": (
        "khuôn biểu mỗi đơn vị một dòng cần một cột có role: unit",
        "a layout of one unit a row needs a column with role: unit",
    ),
    "error.layout_no_code": (
        "khuôn biểu mỗi chỉ tiêu một dòng cần một cột có role: code hoặc role: text",
        "a layout of one indicator a row needs a column with role: code or role: text",
    ),
    "error.layout_other_heading": (
        "khuôn biểu chờ tiêu đề “{was}”, biểu này ghi “{now}”: biểu không cùng loại, hoặc cột đã đổi chỗ",
        "the layout expects the heading “{was}”, this table has “{now}”: it is of another kind, or its columns have moved",
    ),
    "error.layout_other_unit": (
        "khuôn biểu hoặc lệnh nói về {said}, tiêu đề của biểu ghi “{seen}”; hãy bỏ unit khỏi khuôn biểu (hay --unit khỏi lệnh), hoặc "
        "sửa tiêu đề",
        "the layout or the call is about {said}, the table's titles say “{seen}”: take unit out of the layout (or --unit out of "
        "the call), or correct the title",
    ),
    "error.layout_other_period": (
        "khuôn biểu hoặc lệnh ghi kỳ {said}, tiêu đề của biểu ghi {seen}; hãy bỏ period, year khỏi khuôn biểu (hay --as-of khỏi lệnh), hoặc sửa "
        "tiêu đề",
        "the layout or the call says the period is {said}, the table's titles say {seen}: take period and year out of the layout "
        "(or --as-of out of the call), or correct the title",
    ),
    "error.layout_other_mark": (
        "chú thích của biểu nói dấu “{mark}” khác với khuôn biểu; hãy sửa một trong hai",
        "the table's legend explains the mark “{mark}” otherwise than the layout: correct one of the two",
    ),
    "error.layout_no_column": (
        "ô “{content}” ở cột {column} chưa có trong khuôn biểu; hãy thêm cột với role thích hợp (role: pass để không đọc)",
        "the cell “{content}” in column {column} is not in the layout; add the column with its role (role: pass not to read it)",
    ),
    "error.layout_period": (
        "cột “{heading}”: không rõ số liệu của ngày nào; hãy ghi vào khuôn biểu period (ví dụ 6 tháng đầu năm 2024), hoặc year",
        "column “{heading}”: nobody says of which day its figures are; put period into the layout (as in 6 tháng đầu năm 2024), or year",
    ),
    "error.layout_whose": (
        "không rõ biểu của đơn vị nào; hãy thêm --unit (tên hoặc mã đơn vị) vào lệnh, hoặc ghi vào khuôn biểu unit: {{id: …, "
        "name: …, level: …}}",
        "nobody says which unit the table is about; add --unit (its name or code) to the command, or put unit: {{id: …, name: "
        "…, level: …}} into the layout",
    ),
    "error.layout_unsure": (
        "chưa đọc gì: biểu này còn {count} điều chưa rõ, ghi sau dấu “?” khi in cách hiểu biểu; hãy ghi lời đáp vào khuôn biểu "
        "(--layout TỆP) rồi đọc lại",
        "nothing was read: {count:thing|things} not clear about this table, listed after “?” where it is described; answer them "
        "in the layout (--layout FILE) and read again",
    ),
    "error.layout_meaning": (
        "“{given}” không phải là nghĩa của một dấu; cần một trong: {names}",
        "“{given}” is no meaning of a mark; needed is one of: {names}",
    ),
    "error.row_two_codes": (
        "cột mã ghi {code}, nội dung bắt đầu bằng {other} (“{text}”): không rõ chỉ tiêu nào",
        "the code column says {code}, the text begins with {other} (“{text}”): which indicator is it?",
    ),
    "error.row_no_code": ("{pack} không có mã “{code}”", "{pack} has no code “{code}”"),
    "error.row_other_words": (
        "mã {code} trong bộ tiêu chí là “{known}”, biểu ghi “{text}”: hãy sửa mã, hoặc chọn đúng bộ tiêu chí",
        "in the pack {code} is “{known}”, the table says “{text}”: correct the code, or choose the right pack",
    ),
    "error.row_turned": (
        "“{text}” không phải là {code} “{known}”: chữ không, chưa chỉ có ở một bên làm trái nghĩa; hãy ghi đúng tên của số liệu, "
        "hoặc không đọc (skip, role: pass)",
        "“{text}” is not {code} “{known}”: a word such as “không”, “chưa” or “not” on one side only turns the meaning round; write "
        "what the figures are, or do not read them (skip, role: pass)",
    ),
    "error.row_part": (
        "“{text}” nói về “{part}”, chỉ là một phần của {code} “{known}”; hãy ghi số liệu của toàn bộ, hoặc không đọc (skip, "
        "role: pass)",
        "“{text}” is about “{part}”, a part only of {code} “{known}”; give the figures of the whole, or do not read them (skip, "
        "role: pass)",
    ),
    "error.row_count": (
        "“{text}” là một số đếm, {code} “{known}” là một tỷ lệ: hãy ghi tỷ lệ, hoặc hai số đếm (cột tử số và cột mẫu số, hay "
        "12/15 trong ô)",
        "“{text}” is a count, {code} “{known}” is a share: give the share, or two counts (columns of numerators and denominators, "
        "or 12/15 in the cell)",
    ),
    "error.ratio_target": (
        "“{content}” dưới tiêu đề “{heading}” có hai cách đọc: {upper} trên {lower}, hay kết quả {upper} so với mức {lower}; hãy "
        "tách kết quả và mức thành hai cột",
        "“{content}” under the heading “{heading}” has two readings: {upper} of {lower}, or a result of {upper} against a target of "
        "{lower}; put the result and the target into two columns",
    ),
    "error.row_words": (
        "“{text}” khác {code} “{known}” ở chữ: {words}; hãy ghi đúng tên của chỉ tiêu, hoặc chép các chữ ấy vào understood của "
        "khuôn biểu nếu vẫn là chỉ tiêu đó",
        "“{text}” differs from {code} “{known}” in the words: {words}; write the indicator's own words, or copy these into "
        "understood of the layout where the indicator is meant all the same",
    ),
    "error.row_other_unit": (
        "dòng này là của “{seen}”, còn biểu là của {unit}; hãy để mỗi đơn vị một biểu, hoặc bỏ cột này (role: pass) nếu là một",
        "this row is of “{seen}”, the table is {unit}'s; give each unit a table of its own, or leave the column out (role: pass) where "
        "both are one",
    ),
    "error.row_unnamed": (
        "dòng có số liệu nhưng không ghi mã hay tên chỉ tiêu; hãy ghi mã, hoặc xóa dòng không cần đọc",
        "the row has figures and neither the code nor the name of an indicator: give its code, or delete a row that is not "
        "to be read",
    ),
    "error.row_no_unit": (
        "dòng có số liệu nhưng không ghi đơn vị; dòng không cần đọc thì xóa đi, hoặc ghi chữ đầu dòng vào skip của khuôn biểu",
        "the row has figures and no unit; delete a row that is not to be read, or put its first words into the layout's skip",
    ),
    "error.unit_other_name": (
        "mã {code} là “{name}”, biểu ghi “{other}”: hãy sửa mã hoặc tên",
        "the code {code} is “{name}”, the table says “{other}”: correct the code or the name",
    ),
    "error.row_wording": (
        "không rõ “{text}” là chỉ tiêu nào; hãy ghi mã, hoặc nếu không cần đọc thì ghi vào khuôn biểu skip: [“{text}”]. {near}",
        "which indicator is “{text}”? give its code, or skip: [“{text}”] in the layout where it is not to be read. {near}",
    ),
    "error.layout_unit_unknown": (
        "không có đơn vị nào tên hoặc mã “{name}”. {near} Tên đúng mà danh mục không có: đưa danh mục của cơ quan bằng --units, "
        "hoặc ghi mã vào khuôn biểu, names: {{“{name}”: “mã”}}",
        "no unit has the name or code “{name}”. {near} Where the name is right and the register lacks it: give your own register "
        "with --units, or its code in the layout, names: {{“{name}”: “code”}}",
    ),
    "error.layout_units": (
        "{count} đơn vị cùng tên “{name}”: {names}; hãy ghi mã vào khuôn biểu, names: {{“{name}”: “mã”}}, hoặc ghi thêm huyện, tỉnh "
        "vào ô",
        "{count} units are called “{name}”: {names}; give the code in the layout, names: {{“{name}”: “code”}}, or add the "
        "district or province in the cell",
    ),
    "error.layout_names_level": (
        "“{name}” có mã {code} trong names nhưng không có trong danh mục; hãy ghi thêm level: (xã, huyện, tỉnh) vào khuôn biểu",
        "“{name}” has the code {code} in names and is in no register; add level: (commune, district, province) to the layout",
    ),
    "error.unit_other_level": (
        "“{name}” là {names}, mà biểu được nói là của cấp {level}: bỏ --level (khuôn biểu: level), hoặc đọc các đơn vị cấp "
        "khác bằng một biểu riêng",
        "“{name}” is {names}, and the table is said to be of level {level}: leave --level out (layout: level), or read the "
        "units of the other level from a table of their own",
    ),
    "error.unit_other_day": (
        "trong danh mục của ngày số liệu (đơn vị {own}) không có “{name}”; danh mục {when} có {names}: nếu biểu dùng tên của "
        "danh mục đó thì ghi register_of là một ngày của nó vào khuôn biểu, hoặc lấy ngày số liệu khác (--as-of)",
        "the register of the day of the figures (units {own}) has no “{name}”; the register {when} has {names}: where the "
        "table uses that register's names, give register_of a day of it in the layout, or another day of the figures "
        "(--as-of)",
    ),
    "error.unit_changed": (
        "“{name}” có số liệu của nhiều ngày mà tên ấy không phải lúc nào cũng là một đơn vị: {one} là {then}, {other} là {now}; "
        "hãy đọc số liệu mỗi thời kỳ bằng một biểu riêng, hoặc ghi register_of vào khuôn biểu: ngày mà tên trong biểu là của "
        "ngày ấy",
        "“{name}” has figures of several days, and the name is not one unit's on all of them: on {one} {then}, on {other} "
        "{now}; read the figures of each time from a table of their own, or give register_of in the layout: the day whose "
        "names the table uses",
    ),
    "error.in_rows": ("{reason} (ở {count} ô)", "{reason} (in {count:cell|cells})"),
    "error.unit_merged": (
        "“{name}” không còn là một đơn vị: {became}; số liệu của đơn vị cũ không tự cộng vào đơn vị mới, hãy lấy số liệu của "
        "đơn vị mới, hoặc ghi register_of (một ngày trước 01/7/2025) nếu biểu nói về trước sáp nhập",
        "“{name}” is no longer a unit: {became}; an old unit's figures are not added up to a new one's: take the new unit's "
        "own, or give register_of (a day before 1 July 2025) where the table is about the time before the merger",
    ),
    "error.mark_unknown": (
        "không rõ dấu “{mark}” nghĩa là gì; hãy ghi vào khuôn biểu, ví dụ marks: {{{mark}: met}} (met, not_met, not_applicable, nothing)",
        "what does the mark “{mark}” mean? put it into the layout, as in marks: {{{mark}: met}} (met, not_met, not_applicable, nothing)",
    ),
    "error.mark_against_heading": (
        "“{mark}” trái với tiêu đề cột “{heading}”",
        "“{mark}” contradicts the heading of its column, “{heading}”",
    ),
    "error.mark_both": (
        "chỉ tiêu {code} được đánh dấu cả đạt và chưa đạt",
        "indicator {code} is marked both met and not met",
    ),
    "error.said_twice": (
        "{code} của {unit} đã ghi khác ở {other}; hãy bỏ một trong hai, hoặc ghi ngày, đơn vị riêng cho mỗi số",
        "{code} of {unit} is written otherwise at {other}; leave one of the two out, or give each its own day or unit",
    ),
    "error.unit_below": (
        "biểu là của {unit}, mà từ đây nói về “{other}”; hãy tách thành hai biểu, mỗi biểu một trang tính",
        "the table is {unit}'s, and from here it is about “{other}”; make it two tables, each on a sheet of its own",
    ),
    "error.unit_twice": (
        "{unit} đã có một dòng khác ở {other}, ghi khác; hai dòng của một đơn vị không tự gộp: hãy gộp thành một dòng, hoặc sửa "
        "tên đơn vị",
        "{unit} has another row at {other} that says other things; two rows of one unit are not put together by themselves: "
        "make them one row, or put the unit's name right",
    ),
    "error.files_differ": (
        "{what} của {unit} ngày {day} ghi khác ở tệp {other}; hãy bỏ một trong hai tệp, hoặc sửa đơn vị, ngày của một tệp",
        "{what} of {unit} on {day} is written otherwise in {other}; leave one of the two files out, or put the unit or day of "
        "one right",
    ),
    "error.layout_which_measure": (
        "{code} cần nhiều số liệu, ô này không nói là số liệu nào: {names}; hãy ghi vào khuôn biểu measures: "
        "{{“{code}”: {first}}}, với mã số liệu của ô này",
        "{code} asks for several measures and the cell does not say which it is: {names}; put into the layout measures: "
        "{{“{code}”: {first}}}, with the id of the one it is",
    ),
    "error.takes_no_value": (
        "{code} được đánh giá đạt hay chưa đạt, hoặc có nhiều chỉ tiêu, nên không nhận một số ở đây; hãy ghi số liệu ở dòng của "
        "từng chỉ tiêu",
        "{code} is judged met or not met, or has several indicators, and takes no number here; give figures in the rows of the "
        "indicators",
    ),
    "error.mark_of_measure": (
        "cột {measure} là số liệu, không nhận dấu đạt hay chưa đạt",
        "the column {measure} is a measure and takes no mark of met or not met",
    ),
    "error.ratio_half": ("thiếu tử số hoặc mẫu số", "the numerator or the denominator is missing"),
    "error.ratio_of_what": (
        "“{measure}” không phải là tỷ lệ, không tính được từ tử số và mẫu số; hãy ghi một số",
        "“{measure}” is no share and cannot be had from a numerator and a denominator; give one number",
    ),
    "error.ratio_not_share": (
        "{counts} không phải là {said} %: hãy sửa một trong hai",
        "{counts} is not {said} %: correct one of the two",
    ),
    "error.ratio_counts": (
        "{upper}/{lower} không phải là một tỷ lệ (tử số lớn hơn mẫu số, hoặc mẫu số bằng 0)",
        "{upper}/{lower} is no share (more than all, or of nothing)",
    ),
    "error.ratio_or_month": (
        "“{text}” có thể là tháng {upper} năm {lower} hoặc {upper} trên tổng số {lower}; nếu là số đếm hãy ghi kèm cái được "
        "đếm ({upper}/{lower} hộ) hoặc tỷ lệ, nếu là ngày hãy để ở cột khác",
        "“{text}” may be month {upper} of the year {lower}, or {upper} out of {lower}; for counts write what is counted "
        "({upper}/{lower} hộ) or the share, a date belongs in another column",
    ),
    "warning.total_differs": (
        "tổng trong biểu ghi {said}, đếm được {read}",
        "the table's own total says {said}, {read} were counted",
    ),
    "warning.unit_blank": (
        "dòng của {unit} không có dấu nào: coi là chưa có số liệu, không coi ô trống là đánh giá",
        "the row of {unit} has no mark at all: it is taken as not known, its empty cells as no findings",
    ),
    "warning.column_blank": (
        "cột “{column}” không có dấu nào: coi là chưa có số liệu, không coi ô trống là đánh giá",
        "the column “{column}” has no mark at all: it is taken as not known, its empty cells as no findings",
    ),
    "warning.said_again": (
        "{code} của {unit} đã ghi như vậy ở {other}; chỉ lấy một lần (chỉ nhắc ô đầu tiên)",
        "{code} of {unit} is written likewise at {other}; it is taken once (only the first such cell is told)",
    ),
    "warning.unit_twice": (
        "{unit} đã có một dòng ghi y như vậy ở {other}; chỉ lấy một lần",
        "{unit} has another row at {other} that says the same; it is taken once",
    ),
    "warning.files_joined": (
        "số liệu của {unit} ngày {day} được ghép với tệp {other}",
        "the figures of {unit} on {day} are put together with those of {other}",
    ),
    "warning.rule_changes": (
        "chỉ tiêu {code} đổi từ ngày {day}, trong kỳ báo cáo; được xét theo quy định của ngày cuối kỳ ({end})",
        "indicator {code} changes on {day}, inside the period; it is judged by the rule of the period's last day ({end})",
    ),
    "warning.set_changes": (
        "trong kỳ báo cáo, bộ {code} bắt đầu hoặc thôi áp dụng, hay đổi cách xếp xã vào vùng, từ ngày {day}; xét theo quy định "
        "của ngày cuối kỳ ({end})",
        "inside the period, on {day}, {code} begins or ends, or sends communes to other regions; units are judged by the rule "
        "of the period's last day ({end})",
    ),
    # How cells were read
    "layout.numbers_columns": ("dòng đánh số cột", "numbers the columns"),
    "layout.other_table": ("không đọc vì tiêu đề khác khuôn biểu", "not read: the headings are not the layout's"),
    "layout.title": ("tên biểu", "the table's title"),
    "layout.heading": ("tiêu đề", "heading"),
    "layout.counts_refused": ("hai số đếm bên cạnh bị từ chối", "the two counts beside it are refused"),
    "layout.hidden": ("dòng ẩn", "a hidden row"),
    "layout.around_row": (
        "dòng của đơn vị cấp trên, không phải xã; các xã bên dưới thuộc đơn vị này",
        "a row of the unit above, no commune; the communes below lie in it",
    ),
    "layout.unit_again": ("dòng ghi lại một đơn vị đã đọc", "a row once more of a unit that was read"),
    "layout.heading_again": ("tiêu đề viết lại", "the heading once more"),
    "layout.skipped": ("khuôn biểu ghi là không đọc", "the layout says to skip it"),
    "layout.legend": ("chú thích của biểu", "the table's legend"),
    "layout.total_row": (
        "dòng cộng hoặc bình quân, không phải đơn vị hay chỉ tiêu",
        "a total or average, no unit or indicator",
    ),
    "layout.signature": ("phần ký tên", "signatures"),
    "layout.section": ("đề mục, không có số liệu", "a section, no figures"),
    "layout.asked_first": (
        "chưa đọc: còn điều phải hỏi về biểu",
        "not read yet: something about the table is asked first",
    ),
    "layout.restates": (
        "không đọc; lặp lại mức yêu cầu, cột đánh giá nói đạt hay không",
        "not read; repeats what is required, and the mark says whether that is met",
    ),
    "layout.nothing_said": ("chưa có số liệu hoặc không đánh giá", "not known or not judged"),
    "layout.unit_not_known": ("không đọc vì không rõ đơn vị", "not read: the unit is not known"),
    "layout.indicator": ("chỉ tiêu {code}", "indicator {code}"),
    "layout.unit": ("{unit} ({code})", "{unit} ({code})"),
    "layout.read_mark": ("{unit}: {code} {finding}", "{unit}: {code} {finding}"),
    "layout.read_value": ("{unit}: {measure} = {value}, {day}", "{unit}: {measure} = {value}, {day}"),
    "layout.read_ratio": ("{measure} = {value} ({counts})", "{measure} = {value} ({counts})"),
    "layout.role.unit": ("đơn vị", "unit"),
    "layout.role.code": ("mã chỉ tiêu", "code"),
    "layout.role.text": ("nội dung chỉ tiêu", "wording"),
    "layout.role.within": ("huyện, tỉnh của đơn vị", "the district or province of the unit"),
    "layout.role.level": ("cấp của đơn vị", "the unit's level"),
    "layout.role.region": ("vùng của đơn vị", "the unit's region"),
    "layout.role.group": ("nhóm của xã", "the commune's group"),
    "layout.role.unit_of_measure": ("đơn vị tính", "unit of measure"),
    "layout.role.value": ("số liệu", "value"),
    "layout.role.mark": ("đánh giá đạt, chưa đạt", "met or not met"),
    "layout.role.met": ("đánh dấu ở đây là đạt", "a mark here says met"),
    "layout.role.not_met": ("đánh dấu ở đây là chưa đạt", "a mark here says not met"),
    "layout.role.numerator": ("tử số", "numerator"),
    "layout.role.denominator": ("mẫu số", "denominator"),
    "layout.role.total": ("tổng số đạt, để đối chiếu", "how many are met, to compare"),
    "layout.role.day": ("ngày của số liệu", "day of the figures"),
    "layout.role.note": ("ghi chú", "note"),
    "layout.role.pass": ("không đọc", "not read"),
    "layout.meaning.met": ("đạt", "met"),
    "layout.meaning.not_met": ("chưa đạt", "not met"),
    "layout.meaning.not_applicable": ("không áp dụng", "not applicable"),
    "layout.meaning.nothing": ("chưa có số liệu", "not known"),
    "layout.empty_cell": ("ô trống", "empty cell"),
    "layout.review": ("Cách đọc từng ô", "How each cell was read"),
    "layout.list.sheet": ("Bảng", "Table"),
    "layout.list.cell": ("Ô", "Cell"),
    "layout.list.content": ("Nội dung", "Content"),
    "layout.list.kind": ("Đọc là", "Read as"),
    "layout.list.said": ("Hiểu thế nào", "Understood as"),
    "layout.kind_of.value": ("đọc là số liệu", "read as a value"),
    "layout.kind_of.mark": ("đọc là đánh giá", "read as a finding"),
    "layout.kind_of.note": ("ghi chú", "note"),
    "layout.kind_of.key": ("cho biết đơn vị, chỉ tiêu", "says which unit or indicator"),
    "layout.kind_of.passed": ("không đọc", "passed over"),
    "layout.kind_of.refused": ("từ chối", "refused"),
    "error.read_needs_output": (
        "--format html hoặc xlsx cần -o TỆP để ghi",
        "--format html or xlsx needs -o FILE to write to",
    ),
    "layout.left_folder": (
        "thư mục con, không đọc; muốn đọc thì ghi thêm đường dẫn của nó vào lệnh",
        "a folder inside, not read; to read it, give its path, too",
    ),
    "layout.left_file": ("không phải tệp biểu ({kinds}), không đọc", "no file of tables ({kinds}), not read"),
    "layout.left_lock": ("tệp tạm hoặc tệp ẩn, không đọc", "a temporary or hidden file, not read"),
    "layout.left_hidden": ("trang tính ẩn, không đọc", "a hidden sheet, not read"),
    "layout.left_other": ("không thuộc khuôn biểu này, không đọc", "not of this layout, not read"),
    "layout.left_plain": (
        "không có dòng tiêu đề của một biểu số liệu, không đọc",
        "no heading of a table of figures, not read",
    ),
    "layout.left_foreign": (
        "không có cột đơn vị, cũng không có cột mã hay nội dung chỉ tiêu của {pack}, không đọc",
        "no column of units, and none of codes or wordings of {pack}, not read",
    ),
    "error.no_tables": (
        "trong tệp không thấy biểu số liệu nào; nếu có, hãy viết khuôn biểu (heading, columns) và đưa bằng --layout",
        "no table of figures is seen in the file; if there is one, write its layout (heading, columns) and give it with --layout",
    ),
    "error.no_table": ("không thấy bảng nào của khuôn biểu này", "no table of this layout is in the file"),
    "units.until": ("đến hết {day}", "until {day}"),
    "units.since": ("từ {day}", "since {day}"),
    # Why a column was given its role
    "layout.why.heading": ("theo tiêu đề", "by its heading"),
    "layout.why.running": ("số thứ tự", "running number"),
    "layout.why.codes": ("{count} ô là mã của bộ tiêu chí", "{count:cell|cells} with codes of the pack"),
    "layout.why.wording": ("chữ khớp với nội dung chỉ tiêu", "its texts match the indicators"),
    "layout.why.unit_names": ("tiêu đề là tên đơn vị", "its heading is a unit's name"),
    "layout.why.cells": ("theo nội dung các ô", "by what its cells hold"),
    "layout.why.required": ("mức yêu cầu, không phải kết quả", "what is required, not what was found"),
    "layout.why.total": ("cộng hoặc bình quân, không phải đơn vị", "a total or average, no unit"),
    "layout.why.plan": ("kế hoạch, không phải kết quả", "a plan, not a result"),
    "layout.why.legend": ("theo chú thích của biểu", "by the table's legend"),
    # What is not clear
    "layout.doubt.no_heading": (
        "không tìm thấy dòng tiêu đề; hãy ghi heading: [dòng đầu, dòng cuối] và columns",
        "no heading was found; give heading: [first row, last row] and columns",
    ),
    "layout.doubt.heading": (
        "không chắc dòng {row} là tiêu đề; nếu đúng thì hãy giữ heading và xem lại vai trò của từng cột trong khuôn biểu",
        "row {row} may not be the heading; where it is, keep heading and look over the role of each column in the layout",
    ),
    "layout.doubt.column": (
        "cột {column} “{heading}”: không rõ là gì; hãy chọn role (value, mark, note, pass …)",
        "column {column} “{heading}”: what does it hold? choose its role (value, mark, note, pass …)",
    ),
    "layout.doubt.says": ("cột {column} “{heading}”: {problem}", "column {column} “{heading}”: {problem}"),
    "layout.doubt.narrower": (
        "cột {column} “{heading}”: “{word}” cho thấy đây có thể không phải kết quả của toàn bộ; hãy chọn role (value nếu đúng là kết "
        "quả của toàn bộ, numerator, denominator, pass …)",
        "column {column} “{heading}”: “{word}” says that these may not be results of the whole; choose its role (value where they "
        "are, numerator, denominator, pass …)",
    ),
    "layout.doubt.of": (
        "cột {column} “{heading}”: không rõ chỉ tiêu hay số liệu nào; hãy ghi of: (mã chỉ tiêu hoặc mã số liệu). {near}",
        "column {column} “{heading}”: which indicator or measure is it? give of: (a code or a measure). {near}",
    ),
    "layout.doubt.marks": (
        "dấu “{mark}” ({count} ô) chưa rõ nghĩa: đạt, chưa đạt, không áp dụng hay như để trống? Hãy ghi vào khuôn biểu marks: {{{mark}: met | not_met | not_applicable | nothing}}",
        "the mark “{mark}” ({count:cell|cells}) is not explained: met, not met, not applicable, or as if empty? Put into the layout marks: {{{mark}: met | not_met | not_applicable | nothing}}",
    ),
    "layout.doubt.legend": (
        "chú thích nói “{mark}” là “{said}”, không chỉ là đạt hay chưa đạt; hãy ghi nghĩa của dấu vào marks (ô trống: vào empty): "
        "met | not_met | not_applicable | nothing",
        "the legend says that “{mark}” is “{said}”, which is more than met or not met; put its meaning into marks (an empty cell's "
        "into empty): met | not_met | not_applicable | nothing",
    ),
    "layout.doubt.legends": (
        "hai chú thích trái nhau về “{mark}”: {first} và {other}; hãy sửa biểu, hoặc ghi nghĩa của dấu vào marks (ô trống: vào empty)",
        "two legends contradict each other about “{mark}”: {first} and {other}; correct the table, or put the meaning into marks "
        "(an empty cell's into empty)",
    ),
    "layout.doubt.title_turned": (
        "tên biểu “{title}” nói về điều chưa đạt: dấu trong biểu là đạt hay chưa đạt? Hãy ghi nghĩa của từng dấu vào marks; nếu dấu vẫn "
        "là đạt thì chép cả tên biểu vào understood của khuôn biểu",
        "the title “{title}” is of what is not met: does a mark say met or not met? put the meaning of each mark into marks; where "
        "it says met all the same, copy the whole title into understood of the layout",
    ),
    "layout.doubt.title_plan": (
        "tên biểu “{title}” nói về kế hoạch, ước tính ({words}), không phải kết quả; nếu đúng là kết quả thì chép các chữ ấy vào "
        "understood của khuôn biểu",
        "the title “{title}” is of a plan or an estimate ({words}) and not of results; where they are results, copy these words into "
        "understood of the layout",
    ),
    "layout.doubt.title_words": (
        "tên biểu “{title}” có chữ chưa rõ nghĩa: {words}; nếu chữ ấy không làm số liệu thành của nơi khác, kỳ khác, bộ tiêu chí "
        "khác hay thứ khác thì chép vào understood của khuôn biểu",
        "the title “{title}” has words that are not understood: {words}; where they make the figures no other place's, period's, "
        "set's or thing's, copy them into understood of the layout",
    ),
    "layout.doubt.section": (
        "dòng “{text}” có chữ chưa rõ nghĩa: {words}; nếu các dòng dưới nó vẫn là kết quả của biểu thì chép các chữ ấy vào understood "
        "của khuôn biểu, nếu không thì tách thành biểu khác",
        "the line “{text}” has words that are not understood: {words}; where the rows under it are results of the table all the "
        "same, copy these words into understood of the layout, else make them a table of their own",
    ),
    "layout.doubt.note": (
        "chú thích “{text}” có chữ chưa rõ nghĩa: {words}; nếu không làm số liệu, dấu nào đổi nghĩa thì chép các chữ ấy vào "
        "understood của khuôn biểu, nếu có thì sửa biểu",
        "the note “{text}” has words that are not understood: {words}; where it changes no figure and no mark, copy these words into "
        "understood of the layout, else correct the table",
    ),
    "layout.doubt.elsewhere": (
        "tên biểu ghi “{seen}”, mà đơn vị của biểu ở nơi khác ({unit}); hãy sửa tên biểu, hoặc ghi đúng đơn vị (unit, --unit, "
        "--province)",
        "the title says “{seen}”, and the table's unit lies elsewhere ({unit}); correct the title or the unit (unit, --unit, "
        "--province)",
    ),
    "layout.doubt.heading_words": (
        "cột {column} “{heading}” có chữ chưa rõ nghĩa: {words}; nếu là kết quả thì hãy giữ vai trò của cột trong khuôn biểu, "
        "nếu không thì ghi role: pass",
        "column {column} “{heading}” has words that are not understood: {words}; where it holds results, keep the column's role in "
        "the layout, else give role: pass",
    ),
    "layout.doubt.signed": (
        "biểu của {unit}, do {seen} ký: hãy sửa đơn vị (unit, --unit) hoặc phần ký",
        "the table is of {unit} and signed by {seen}: correct the unit (unit, --unit) or the signature",
    ),
    "layout.doubt.hidden": (
        "biểu có số liệu bị ẩn (dòng {rows}; cột {columns}); hãy bỏ ẩn, hoặc ghi hidden: read (đọc) hay hidden: pass (không đọc)",
        "figures of the table are hidden (rows {rows}; columns {columns}); show them, or give hidden: read or hidden: pass",
    ),
    "layout.doubt.unit": (
        "không rõ biểu của đơn vị nào; hãy thêm --unit (tên hoặc mã đơn vị) vào lệnh, hoặc ghi unit: {{id: …, name: …, level: "
        "…}}",
        "nobody says which unit the table is about; add --unit (its name or code) to the command, or give unit: {{id: …, name: "
        "…, level: …}}",
    ),
    "layout.doubt.period": (
        "không rõ số liệu của kỳ nào{heading}; hãy ghi period: (ví dụ 6 tháng đầu năm 2024) hoặc year: 2024",
        "nobody says of which period the figures are{heading}; give period: (as in 6 tháng đầu năm 2024) or year: 2024",
    ),
    "layout.doubt.periods": (
        "tiêu đề của biểu ghi nhiều kỳ ({texts}); hãy ghi period: của số liệu",
        "the titles name several periods ({texts}); give period: the one of the figures",
    ),
    "layout.doubt.same_role": (
        "cột {column} “{heading}” và cột {other} cùng là “{role}”, cùng đơn vị và cùng kỳ; hãy chọn một cột (cột kia role: pass)",
        "columns {column} “{heading}” and {other} are both “{role}” of one unit and period; choose one (the other role: pass)",
    ),
    "layout.doubt.no_subject": (
        "không thấy cột tên đơn vị, cũng không thấy cột mã hay nội dung chỉ tiêu của {pack}",
        "no column of unit names, and none of codes or wordings of {pack}",
    ),
    "layout.doubt.units": (
        "tiêu đề của biểu ghi nhiều đơn vị: {names}; hãy ghi unit: của biểu",
        "the titles name several units: {names}; give unit: the one of the table",
    ),
    "layout.doubt.unit_name": ("đơn vị “{name}”: {problem}", "the unit “{name}”: {problem}"),
    # What is printed
    "layout.understood": (
        "{file}: {kind}, tiêu đề ở dòng {first}-{last}",
        "{file}: {kind}, heading in rows {first} to {last}",
    ),
    "layout.column": (
        "cột {column} “{heading}”: {role}{of}; {why}",
        "column {column} “{heading}”: {role}{of}; {why}",
    ),
    "layout.about_unit": ("đơn vị: {unit} ({code})", "unit: {unit} ({code})"),
    "layout.about_day": ("số liệu tính đến {day}", "figures as of {day}"),
    "layout.about_marks": ("dấu: {marks}", "marks: {marks}"),
    "layout.counts": (
        "{file}: đọc {values} số liệu, {marks} kết luận; bỏ qua {passed} ô; từ chối {refused} ô",
        "{file}: read {values} values, {marks} findings; passed over {passed} cells; refused {refused} cells",
    ),
    "layout.passed_row": ("dòng {row} bỏ qua: {why} (“{text}”)", "row {row} passed over: {why} (“{text}”)"),
    "layout.kind.form": ("biểu chỉ tiêu của một đơn vị", "indicators of one unit"),
    "layout.kind.across": ("chỉ tiêu theo dòng, đơn vị theo cột", "indicators in rows, units in columns"),
    "layout.kind.matrix": ("ma trận đơn vị và tiêu chí", "a matrix of units and criteria"),
    "layout.kind.units": ("mỗi đơn vị một dòng, số liệu theo cột", "a unit a row, measures in columns"),
    "layout.kind.agency": ("biểu của ngành, nhiều kỳ", "an agency's form, several periods"),
    "layout.done": (
        "{files} tệp: {snapshots} bộ số liệu, {refused} tệp bị từ chối",
        "{files:file|files}: {snapshots:snapshot|snapshots}, {refused:file|files} refused",
    ),
    "layout.written": ("khuôn biểu: {file}", "the layout: {file}"),
}
