"""Snapshots, and the tables and documents they are read from."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Snapshots
    "error.finding_word": (
        "“{text}” không phải là kết luận; hãy ghi đạt, chưa đạt hoặc không áp dụng; để trống nếu chưa kết luận",
        "“{text}” is not a finding; write met, not met or not applicable (đạt, chưa đạt, không áp dụng); leave it empty "
        "where nothing is concluded",
    ),
    "error.finding_truth": (
        "“{text}” không phải là kết luận: với yêu cầu “không có …” thì “không” lại là đạt; hãy ghi đạt hoặc chưa đạt",
        "“{text}” is not a finding: where the law asks that there be none, “no” is the good answer; write met or not met "
        "(đạt, chưa đạt)",
    ),
    "error.children_count": (
        "{count} đơn vị tính cho {pack} nhiều hơn tổng số {total}",
        "{count:unit|units} counted for {pack}: more than the total of {total}",
    ),
    "error.no_previous": (
        "số liệu ngày {day} không có gì được hỏi cho năm trước của số liệu ngày {on}",
        "the snapshot of {day} has nothing that is asked of a year before that of {on}",
    ),
    "error.merge_units": (
        "không gộp được bộ số liệu của “{one}” và “{other}” (khác đơn vị hoặc khác ngày)",
        "cannot merge the snapshots of “{one}” and “{other}” (other unit or day)",
    ),
    "error.merge_field": (
        "hai nguồn ghi khác nhau về “{field}” của đơn vị {unit}: “{one}” và “{other}”",
        "two sources disagree on “{field}” of the unit {unit}: “{one}” and “{other}”",
    ),
    "error.merge_children": (
        "hai nguồn ghi khác nhau về số đơn vị cấp {level} của {unit}",
        "two sources disagree on the {level} counts of {unit}",
    ),
    # Codes of units
    "error.zeros_gone": (
        "mã {code} viết dưới dạng số, có thể đã mất số 0 ở đầu: hãy ghi trong ngoặc kép “{padded}” nếu mã là {padded}, "
        "“{code}” nếu mã đúng là {code} (trong Excel: định dạng ô là văn bản rồi gõ lại)",
        "the code {code} is written as a number and may have lost zeros in front: write “{padded}” in quotes if that is "
        "the code, “{code}” if it is really {code} (in Excel: format the cell as text and type it again)",
    ),
    "error.zeros_lost": (
        "mã “{unit}” không có trong danh mục, mã “{code}” thì có: số 0 ở đầu đã mất (Excel đổi mã thành số); hãy ghi “{code}”",
        "the code “{unit}” is not in the register, “{code}” is: the zeros in front were lost (Excel makes numbers of codes); "
        "write “{code}”",
    ),
    "error.two_spellings": (
        "“{unit}” và “{code}” có phải cùng một đơn vị? hai mã chỉ khác số 0 ở đầu; hãy ghi một cách",
        "are “{unit}” and “{code}” one unit? the codes differ only by zeros in front; write them alike",
    ),
    # Units of the country's registers
    "error.no_such_unit": (
        "không có đơn vị nào tên hoặc mã “{name}”. {near}",
        "no unit has the name or code “{name}”. {near}",
    ),
    "error.several_units": (
        "{count} đơn vị cùng tên “{name}”: {names}; hãy ghi rõ mã, hoặc ghi thêm huyện, tỉnh",
        "{count} units are called “{name}”: {names}; give the code, or add the district or province",
    ),
    "units.whole": ("{old} nhập toàn bộ vào {new}", "{old} went whole into {new}"),
    "units.main_part": ("phần lớn {old} nhập vào {new}", "the greater part of {old} went into {new}"),
    "units.part": ("một phần {old} nhập vào {new}", "a part of {old} went into {new}"),
    # Tables and documents of snapshots
    "error.cell": (
        "cột “{column}”, nội dung “{content}”: {reason}",
        "column “{column}”, content “{content}”: {reason}",
    ),
    "error.year_as_day": (
        "ô định dạng ngày nên năm {year} đã thành ngày {day}; hãy ghi đủ ngày/tháng/năm",
        "the cell holds days, so the year {year} became {day}; write day/month/year in full",
    ),
    "error.day_zone": (
        "{kind} có múi giờ, nên có thể là hai ngày khác nhau; hãy ghi ngày",
        "{kind} has a time zone, and so may be either of two days; write the day",
    ),
    "error.until_before": (
        "{what} {end} đứng trước ngày công nhận {on}",
        "{what} {end} is before the day of the recognition, {on}",
    ),
    "recognition.until": ("ngày hết hạn", "the expiry"),
    "recognition.revoked": ("ngày thu hồi", "the revocation"),
    "error.not_a_day": (
        "“{text}” không phải là ngày; hãy ghi ngày/tháng/năm, ví dụ 17/08/2023 hoặc 2023-08-17",
        "“{text}” is not a day; write 2023-08-17 or day/month/year, as in 17/08/2023",
    ),
    "error.cell_truth": ("ô này là TRUE/FALSE, không phải là số", "this cell is TRUE or FALSE, not a number"),
    "error.yes_or_no": (
        "“{given}”: “{attribute}” cần ghi có hoặc không; để trống nếu chưa rõ",
        "“{given}”: “{attribute}” is answered yes or no; leave it empty if it is not known",
    ),
    "error.cell_is_date": (
        "ô này là ngày {day}, không phải là số; nếu đã gõ một số thì Excel đã đổi thành ngày: hãy định dạng ô là General "
        "và gõ lại",
        "this cell is the date {day}, not a number; if a number was typed, Excel turned it into a date: format the cell "
        "as General and type it again",
    ),
    "error.cell_time": ("ô này là giờ, không đọc được ở đây", "this cell is a time of day, which has no meaning here"),
    "error.name": (
        "“{text}” không phải là tên đơn vị: hãy ghi tên, mỗi đơn vị một dòng",
        "“{text}” is no name of a unit: write names, one a line",
    ),
    "error.name_twice": (
        "ghi hai lần cùng một tên: “{one}” và “{other}”; nếu là hai đơn vị khác nhau thì ghi thêm cấp trên (“…, huyện …”) hoặc mã",
        "the same name twice: “{one}” and “{other}”; if these are two units, add the unit above (“…, huyện …”) or their codes",
    ),
    "error.name_nobody": (
        "vừa ghi “{text}” vừa nêu tên {names}: chỉ để lại một trong hai",
        "“{text}” stands beside names ({names}): leave only one of the two",
    ),
    "error.count": (
        "“{text}” không phải là số đơn vị: cần một số nguyên từ 0 trở lên, không ghi thêm đơn vị",
        "“{text}” is not a number of units: a whole number from 0 up is expected, with no unit written",
    ),
    "error.cell_number": ("số trong ô quá lớn hoặc không hữu hạn", "the number in the cell is too large or not finite"),
    "error.cell_uncomputed": (
        "công thức chưa được tính; hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại, hoặc thay công thức bằng giá trị",
        "the formula has no computed value; open the file in Excel or LibreOffice and save it, or put the value in its place",
    ),
    "error.cell_struck": (
        "ô này bị gạch ngang: hãy bỏ gạch nếu số liệu còn đúng, hoặc xóa ô",
        "this cell is struck through: undo that where it still holds, or clear the cell",
    ),
    "error.cell_unshown": (
        "định dạng của ô giấu nội dung của nó: hãy đổi định dạng cho thấy nội dung nếu còn đúng, hoặc xóa ô",
        "the cell's format hides what is in it: choose one that shows it where it still holds, or clear the cell",
    ),
    "error.cell_excel_error": ("ô này là lỗi Excel {content}", "this cell is the Excel error {content}"),
    "error.word_of": (
        "“{given}” không hợp lệ; cần một trong: {names}. {near}",
        "“{given}” is not valid; expected one of: {names}. {near}",
    ),
    "error.table_not_utf8": (
        "tệp không ở mã UTF-8; trong Excel hãy lưu dạng “CSV UTF-8” hoặc .xlsx",
        "the file is not UTF-8; in Excel, save it as “CSV UTF-8” or .xlsx",
    ),
    "error.really_excel": (
        "nội dung tệp là của Excel (.xlsx); hãy đổi đuôi tên tệp thành .xlsx",
        "the file holds an Excel workbook; give its name the ending .xlsx",
    ),
    "error.save_as_xlsx": (
        "không đọc được tệp {kind}; hãy mở bằng Excel hoặc LibreOffice và lưu lại dạng .xlsx",
        "cannot read files of kind {kind}; open it in Excel or LibreOffice and save it as .xlsx",
    ),
    "error.csv": ("CSV không hợp lệ: {reason}", "not valid CSV: {reason}"),
    "error.json": ("JSON không hợp lệ: {reason}", "not valid JSON: {reason}"),
    "error.duplicate_json_key": ("khóa “{key}” lặp lại", "the key “{key}” is repeated"),
    "error.no_snapshots": (
        "tệp phải có một bộ số liệu, một danh sách bộ số liệu, hoặc khóa snapshots",
        "the file must hold a snapshot, a list of them, or the key snapshots",
    ),
    "error.not_a_mapping": (
        "cần các khóa và giá trị (khóa: giá trị)",
        "keys with values are expected here (key: value)",
    ),
    "error.file_kind": (
        "không đọc được loại tệp {kind}; cần một trong: {names}",
        "cannot read files of kind {kind}; expected one of: {names}",
    ),
    "error.no_files": ("thư mục không có tệp số liệu nào ({names})", "the folder holds no file of snapshots ({names})"),
    "error.is_dossier": (
        "thư mục này là một hồ sơ (có dossier.yaml), được đánh giá cả hồ sơ: ntm-rules report {folder} -o report.html",
        "this folder is a dossier (it has dossier.yaml), which is assessed as a whole: ntm-rules report {folder} -o "
        "report.html",
    ),
    "error.own_report": (
        "tệp là báo cáo do chương trình lập ra, không phải số liệu hay quyết định; hãy dùng bảng số liệu đã lập báo cáo này, "
        "hoặc tệp số liệu (.yaml) đã lưu cùng báo cáo",
        "the file is a report this program made, not figures or a decision; use the table the report was made of, or the facts "
        "(.yaml) saved beside it",
    ),
    "error.own_worksheet": (
        "tệp là phiếu đối chiếu mức của bộ tiêu chí với văn bản, không phải số liệu; điền xong thì lập bộ tiêu chí phủ bằng: ntm-rules packs apply",
        "the file is a verification worksheet of a set's figures, not facts of units; when it is filled in, make an overlay of it with: "
        "ntm-rules packs apply",
    ),
    "error.nothing_read": ("không có số liệu nào được điền", "nothing is filled in: there are no snapshots here"),
    "error.needs_extra": (
        "{what} cần thư viện {library}: pip install 'ntm-rules[{extra}]'",
        "{what} needs {library}: pip install 'ntm-rules[{extra}]'",
    ),
    "error.needs_openpyxl": (
        "cần openpyxl để đọc và ghi tệp Excel: pip install 'ntm-rules[excel]'",
        "reading and writing Excel files needs openpyxl: pip install 'ntm-rules[excel]'",
    ),
    "error.old_or_protected_excel": (
        "tệp có mật khẩu hoặc ở định dạng Excel cũ (.xls); hãy bỏ mật khẩu và lưu lại dạng .xlsx",
        "the file is protected by a password or in the old Excel format (.xls); save it as .xlsx without a password",
    ),
    "error.strict_excel": (
        "tệp ở dạng “Strict Open XML”; hãy lưu lại dạng “Excel Workbook (.xlsx)”",
        "the file is a “Strict Open XML Spreadsheet”; save it as “Excel Workbook (.xlsx)”",
    ),
    "error.damaged_excel": (
        "không phải tệp Excel .xlsx, hoặc tệp bị hỏng; hãy mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx",
        "not an Excel .xlsx file, or a damaged one; open it in Excel or LibreOffice and save it as .xlsx",
    ),
    "error.unpacks_too_large": (
        "tệp giải nén ra quá lớn: {size} byte (tối đa {limit})",
        "the file unpacks to too much: {size} bytes (at most {limit})",
    ),
    "error.too_many_parts": ("tệp có {count} phần (tối đa {limit})", "the file has {count} parts (at most {limit})"),
    "error.too_many_cells": (
        "trang tính có quá nhiều ô (tối đa khoảng {limit}); hãy xóa các dòng và cột trống ở cuối, kể cả định dạng",
        "the sheet has too many cells (at most about {limit}); delete the empty rows and columns at its end, with their formats",
    ),
    "error.excel_text": (
        "Excel không chứa được đoạn chữ “{text}” (ký tự điều khiển, hoặc dài hơn {limit} ký tự)",
        "Excel cannot hold the text “{text}” (control characters, or longer than {limit} characters)",
    ),
    "error.no_heading_row": (
        "không tìm thấy dòng tiêu đề trong {rows} dòng đầu: nếu là biểu của cơ quan thì trước hết đọc nguyên dạng bằng: ntm-rules read "
        "(-o so-lieu.yaml), rồi dùng tệp số liệu ấy; bảng số liệu của chương trình phải có cột “mã đơn vị”, tên đơn vị thì chưa đủ; trang tính chỉ để ghi chú thì hãy ẩn đi",
        "no heading row in the first {rows} rows: an agency's own table is first read as it is by: ntm-rules read (-o facts.yaml), and that file used; a table needs the column “unit” (the unit's id), a name will not do; hide a sheet that only holds notes",
    ),
    "error.hidden_sheet": (
        "trang tính bị ẩn nhưng có bảng số liệu; hãy bỏ ẩn để đọc, hoặc xóa đi",
        "the sheet is hidden but holds a table of data; unhide it to have it read, or delete it",
    ),
    "error.unknown_column": (
        "không hiểu cột “{column}”; cột không cần đọc thì thêm # vào đầu tên. {near}",
        "unknown column “{column}”; begin the name of a column that is not to be read with #. {near}",
    ),
    "error.heading_form": (
        "không hiểu tiêu đề cột “{text}”; cần dạng finding:vn/commune:1.1, recognition:vn/commune, children:commune, "
        "children.meeting:commune:vn/commune hoặc attribute:…",
        "cannot read the heading “{text}”; write finding:vn/commune:1.1, recognition:vn/commune, children:commune, "
        "children.meeting:commune:vn/commune or attribute:…",
    ),
    "error.duplicate_column": ("cột “{column}” trùng với cột “{first}”", "the column “{column}” repeats “{first}”"),
    "error.mixed_layouts": (
        "cột “{column}” là của bảng mỗi đơn vị một dòng, nhưng bảng này có mỗi số liệu một dòng",
        "the column “{column}” belongs to a table of one unit a row, but this one has one fact a row",
    ),
    "error.facts_or_units": (
        "cột “{column}” là của bảng mỗi số liệu một dòng, nhưng bảng này có mỗi đơn vị một dòng",
        "the column “{column}” belongs to a table of one fact a row, but this one has one unit a row",
    ),
    "error.verdict_of_what": (
        "cột “{column}” là kết luận về chỉ tiêu nào? hãy đặt tên theo dạng kết luận:vn/commune:1.1, hoặc thêm # vào đầu tên "
        "để không đọc",
        "what is the column “{column}” a finding on? call it as in finding:vn/commune:1.1, or begin its name with # to have "
        "it passed over",
    ),
    "error.note_of_what": (
        "cột “{column}”: bảng này mỗi đơn vị một dòng, có nhiều số liệu, nên không rõ cột nói về số liệu nào; hãy đặt tên là "
        "“tên số liệu.{detail}”, hoặc thêm # vào đầu tên để không đọc",
        "the column “{column}”: a row of this table holds several facts, so nobody can tell which one it is about; call it "
        "“measure.{detail}”, or begin its name with # to have it passed over",
    ),
    "error.no_heading": (
        "ô “{content}” nằm ngoài các cột có tiêu đề; trong CSV, số có dấu phẩy thập phân phải đặt trong ngoặc kép",
        "the cell “{content}” stands under no heading; in CSV, a number with a decimal comma must be quoted",
    ),
    "error.row_without_unit": (
        "hàng {row} (“{content}”) không có mã đơn vị; nếu là dòng đề mục, dòng cộng hay chữ ký thì xóa dòng, hoặc ghi # vào đầu "
        "ô thứ nhất để không đọc",
        "row {row} (“{content}”) has no unit id; if it is a section, a total or a signature, delete the row, or begin its "
        "first cell with # to have it passed over",
    ),
    "error.total_row": (
        "“{unit}” không phải là một đơn vị; hãy bỏ dòng cộng ra khỏi bảng, hoặc ghi # vào đầu ô để không đọc",
        "“{unit}” is no unit; leave the row of totals out of the table, or begin its cell with # to have it passed over",
    ),
    "error.group_heading": (
        "“{column}” là tiêu đề chung của {width} cột; mỗi cột cần tiêu đề riêng, tất cả trên một dòng (cột không cần đọc thì "
        "thêm # vào đầu tên). Biểu của cơ quan có thể đọc nguyên dạng: ntm-rules read",
        "“{column}” is a heading over {width} columns; each column needs a heading of its own, all in one row (begin the name "
        "of a column that is not to be read with #). An agency's own table is read as it is by: ntm-rules read",
    ),
    "error.row_without_date": (
        "{unit}: không có ngày của số liệu; hãy ghi ngày, hoặc thêm cột as_of (ngày số liệu)",
        "{unit}: the facts have no date; fill it in, or add the column as_of",
    ),
    "error.unit_level": (
        "không biết cấp của đơn vị “{unit}”; hãy ghi cấp (level): xã, huyện …",
        "the level of the unit “{unit}” is not known; give it: commune, district …",
    ),
    "error.merged_value": (
        "ô gộp nhiều dòng ở cột “{column}”: không rõ giá trị của dòng nào; hãy bỏ gộp ô",
        "a cell merged over several rows in the column “{column}”: nobody can say whose value it is; unmerge it",
    ),
    "error.decision_alone": (
        "dòng công nhận không ghi kèm số liệu hay kết luận",
        "a row with a recognition holds no value or finding",
    ),
    "error.recognition_form": (
        "một công nhận cần bộ tiêu chí (pack) và ngày quyết định (on)",
        "a recognition needs its pack and the day of the decision (on)",
    ),
    "error.finding_of_what": (
        "kết luận này về chỉ tiêu nào? cần cột pack (bộ tiêu chí) và code (mã chỉ tiêu)",
        "what is this a finding on? give the pack and the code",
    ),
    "error.value_of_what": (
        "giá trị này của số liệu nào? cần cột measure (số liệu), hoặc pack (bộ tiêu chí) và code (mã chỉ tiêu)",
        "what is this the value of? give the measure, or the pack and the code",
    ),
    "error.form_row": (
        "“{content}” nằm ở dòng tự thêm, không rõ thuộc chỉ tiêu nào; hãy chép một dòng có sẵn của biểu rồi sửa",
        "“{content}” stands in a row that was added and belongs to no indicator; copy a row of the form instead",
    ),
    "error.form_day": ("biểu chưa ghi ngày của số liệu", "the form does not say as of which day its facts are"),
    "error.form_unit": ("biểu chưa ghi mã đơn vị", "the form does not say which unit it is about"),
    "error.form_no_value_here": (
        "“{content}”: chỉ tiêu này không có số liệu; hãy ghi kết luận (đạt, chưa đạt) ở cột kết luận",
        "“{content}”: no value is asked for here; write the finding (met, not met) in its own column",
    ),
    "error.form_value_below": (
        "“{content}”: chỉ tiêu này có nhiều số liệu; hãy ghi từng số liệu ở dòng riêng của nó bên dưới",
        "“{content}”: the indicator has several measures; write each value in its own row below",
    ),
    "error.form_marks": (
        "biểu đã mất dòng đầu hoặc các cột bị ẩn nên không đọc lại được; hãy tạo biểu mới và chép các ô đã điền sang",
        "the form has lost its hidden first row or hidden columns and cannot be read back; copy what is filled in to a "
        "new form",
    ),
    "error.form_no_finding_here": (
        "“{content}”: dòng này không ghi kết luận; hãy ghi ở dòng của chỉ tiêu",
        "“{content}”: no finding is written in this row; write it in the row of the indicator",
    ),
    "error.roman_code": (
        "“{code}” là số La Mã, thường đánh số phần của bảng chứ không phải tiêu chí của {pack}; hãy ghi mã bằng chữ số. {near}",
        "“{code}” is a Roman number, which tables give to their sections rather than to a criterion of {pack}; write the code "
        "in figures. {near}",
    ),
    "error.code_number": (
        "mã {code} là một số nên không phân biệt được với {code}0; hãy định dạng ô là văn bản (Text) rồi gõ lại mã",
        "the code {code} is a number and cannot be told from {code}0; format the cell as text and type the code again",
    ),
    "error.children_total": (
        "chưa ghi tổng số đơn vị, nên không biết số đạt là trên bao nhiêu",
        "the total number of units is not given, so it is not known of how many these are",
    ),
    "warning.details_alone": (
        "{unit}: ghi chú hoặc minh chứng ở dòng không có số liệu hay kết luận nên không được đọc",
        "{unit}: a note or evidence beside no value or finding is not read",
    ),
    "warning.fraction": (
        "“{content}” được đọc là {read}; nếu ý là {meant} thì hãy ghi rõ “{meant}” (chỉ nhắc một lần cho mỗi số liệu)",
        "“{content}” is read as {read}; if {meant} is meant, write “{meant}” (said once for each measure)",
    ),
}
