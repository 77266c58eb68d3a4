"""Forms to fill in, and worksheets on which figures are confirmed."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Forms
    "form.guide_sheet": ("Hướng dẫn", "Guide"),
    "form.blank_sheet": ("Đơn vị", "Unit"),
    "form.units_sheet": ("Số liệu", "Data"),
    "form.shown_for": ("yêu cầu áp dụng: {setting}", "as it applies: {setting}"),
    "form.guide": (
        "Mỗi trang tính là một đơn vị. Để thêm đơn vị, hãy nhân bản một trang tính (nháy chuột phải, Move or Copy).\n"
        "Chỉ điền các ô nền vàng. Ô để trống nghĩa là chưa có số liệu; không có số liệu thì không ghi 0, “-” hay “x”.\n"
        "Số liệu: ghi số theo đơn vị tính ở cột bên trái (12,8), hoặc ghi kèm đơn vị khác (52.300.000 đồng/người/năm).\n"
        "Kết luận: chọn đạt, chưa đạt hoặc không áp dụng; tiêu chí có dòng riêng khi kết luận chung cho cả tiêu chí.\n"
        "Ngày: ngày/tháng/năm. Mỗi ô tên đơn vị trực thuộc ghi mỗi tên một dòng (Alt+Enter).\n"
        "Một chỉ tiêu có hai số liệu khác nhau của hai cơ quan: chép cả dòng đó xuống dưới rồi sửa.\n"
        "Không xóa hàng ẩn và các cột ẩn: nhờ chúng mà biểu đọc lại được. Không gộp ô.\n"
        "Giá trị yêu cầu có ghi “chưa đối chiếu” là giá trị chưa được kiểm tra với văn bản.",
        "Each sheet is one unit. To add a unit, duplicate a sheet (right click, Move or Copy).\n"
        "Fill in the yellow cells only. An empty cell means not known; do not write 0, “-” or “x” for it.\n"
        "Value: a number in the unit of measure on its left (12.8), or with another unit (52.300.000 đồng/người/năm).\n"
        "Finding: choose met, not met or not applicable; a criterion has a line of its own for a finding on the whole.\n"
        "Days: day/month/year. Names of subordinate units: one a line (Alt+Enter).\n"
        "Two agencies with different values of one indicator: copy the whole row below itself and change it.\n"
        "Keep the hidden row and columns: by them the form is read back. Do not merge cells.\n"
        "A required value marked “not checked” has not been checked against the decision.",
    ),
    "form.column.code_shown": ("Mã", "Code"),
    "form.column.text": ("Tiêu chí, chỉ tiêu", "Criterion, indicator"),
    "form.column.required": ("Yêu cầu", "Required"),
    "form.column.unit_of_measure": ("Đơn vị tính", "Unit of measure"),
    "form.column.value": ("Số liệu", "Value"),
    "form.column.finding": ("Kết luận", "Finding"),
    "form.column.agency": ("Cơ quan phụ trách", "Agency in charge"),
    "form.column.by": ("Cơ quan báo cáo, kết luận", "Reported or concluded by"),
    "form.column.on": ("Ngày", "Day"),
    "form.column.evidence": ("Minh chứng", "Evidence"),
    "form.column.remark": ("Ghi chú", "Note"),
    "form.unit": ("Đơn vị", "The unit"),
    "form.unit.id": ("Mã đơn vị", "Id"),
    "form.unit.name": ("Tên đơn vị", "Name"),
    "form.unit.level": ("Cấp", "Level"),
    "form.unit.region": ("Vùng", "Region"),
    "form.unit.group": ("Nhóm xã", "Group of communes"),
    "form.unit.province": ("Tỉnh", "Province"),
    "form.unit.parent": ("Đơn vị cấp trên (mã)", "Parent (id)"),
    "form.unit.exempt": ("Lý do không tham gia chương trình (nếu có)", "Reason for taking no part, if any"),
    "form.unit.as_of": ("Số liệu tính đến ngày", "Facts as of"),
    "form.yes": ("có", "yes"),
    "form.no": ("không", "no"),
    "form.asked_above": ("(ghi số liệu ở dòng trên)", "(write the value where it was first asked)"),
    "form.recognitions": ("Công nhận", "Recognitions"),
    "form.recognition": ("Quyết định công nhận: {pack}", "Decision of recognition: {pack}"),
    "form.recognition.decision": ("Số quyết định", "Decision"),
    "form.recognition.on": ("Ngày quyết định", "Day"),
    "form.recognition.until": ("Có giá trị đến ngày", "Valid until"),
    "form.recognition.revoked": ("Ngày thu hồi", "Revoked on"),
    "form.children": ("Đơn vị trực thuộc", "Subordinate units"),
    "form.children.total": ("Tổng số {level}", "Number of units: {level}"),
    "form.children.exempt": ("Tên các {level} không tham gia chương trình", "Names of those taking no part: {level}"),
    "form.children.meeting": ("Số {level} đạt {pack}", "Number meeting {pack}: {level}"),
    "form.children.unknown": ("Số {level} chưa rõ có đạt {pack}", "Number not known to meet {pack}: {level}"),
    "form.children.meeting_names": ("Tên các {level} đạt {pack}", "Names of those meeting {pack}: {level}"),
    "form.children.not_meeting_names": (
        "Tên các {level} chưa đạt {pack}",
        "Names of those not meeting {pack}: {level}",
    ),
    "form.children.unknown_names": (
        "Tên các {level} chưa rõ có đạt {pack}",
        "Names of those not known to meet {pack}: {level}",
    ),
    "form.rest": ("Số liệu và kết luận khác", "Other values and findings"),
    "form.choose_title": ("Chọn trong danh sách", "Choose from the list"),
    "form.choose": ("Hãy chọn: {words}", "Choose one of: {words}"),
    # Verification worksheets
    "worksheet.sheet": ("Đối chiếu", "Verification"),
    "worksheet.applies": ("Chỉ gồm các mức áp dụng: {setting}.", "Only the figures that apply: {setting}."),
    "worksheet.guide": (
        "Mỗi dòng là một mức của bộ tiêu chí. Có văn bản trước mặt: ghi mức đọc được vào cột “Mức đã đối chiếu”, kèm số văn "
        "bản và người đối chiếu. Mức hiện có đúng với văn bản thì ghi “đúng”; văn bản giao cho tỉnh thì ghi “phân cấp”; "
        "yêu cầu do cơ quan kết luận thì ghi “đạt”. Dòng để trống cột này được giữ nguyên.",
        "Each row is one figure. With the decision in front of you, write the value read there under “Confirmed”, with the "
        "number of the decision and who read it. Where the present value is right, write “correct”; where the decision "
        "leaves it to the province, “delegated”; where a department concludes, “met”. Rows without it stay as they are.",
    ),
    "worksheet.finding": ("kết luận của cơ quan phụ trách", "conclusion of the agency in charge"),
    "worksheet.delegated": ("do cấp tỉnh quy định", "delegated"),
    "worksheet.word_delegated": ("phân cấp", "delegated"),
    "worksheet.untranscribed": ("chưa nhập", "not entered yet"),
    "worksheet.day": ("{day}", "{day}"),
    "worksheet.title": ("đã đối chiếu", "checked"),
    "worksheet.checked": ("{where}; người đối chiếu: {by}", "{where}; checked by {by}"),
    "worksheet.checked_on": (
        "{where}; người đối chiếu: {by}; {day}",
        "{where}; checked by {by}; {day}",
    ),
    "error.worksheet_pack": (
        "phiếu này lập cho {pack}, là bộ tiêu chí chưa cài; hãy để tệp {file} cạnh phiếu, hoặc chỉ ra tệp bằng --pack (trong "
        "Python: pack=)",
        "this worksheet was written for {pack}, which is not installed; put the file {file} beside it, or name it with "
        "--pack (in Python: pack=)",
    ),
    "error.worksheet_more": (
        "{code}: bộ tiêu chí phủ này sửa cả nội dung ngoài các con số, sẽ mất nếu lập lại từ phiếu; hãy bỏ restates và "
        "sửa bằng tay",
        "{code}: this overlay changes more than figures, which would be lost in writing it again from a worksheet; leave "
        "out restates and change it by hand",
    ),
    "worksheet.column.code": ("Mã", "Code"),
    "worksheet.column.text": ("Chỉ tiêu", "Indicator"),
    "worksheet.column.period": ("Áp dụng", "In force"),
    "worksheet.column.what": ("Số liệu hoặc kết luận", "Measure or finding"),
    "worksheet.column.rows": ("Dòng của bảng", "Row of the table"),
    "worksheet.column.sign": ("", ""),
    "worksheet.column.present": ("Mức hiện có", "Present value"),
    "worksheet.column.candidates": ("Các mức từng thấy", "Candidates"),
    "worksheet.column.unit": ("Đơn vị tính", "Unit of measure"),
    "worksheet.column.verification": ("Mức kiểm chứng", "Verification"),
    "worksheet.column.source": ("Nguồn", "Source"),
    "worksheet.column.url": ("Đã đối chiếu với", "Checked against"),
    "worksheet.column.read": ("Đọc trong văn bản", "Read in the document"),
    "worksheet.column.words": ("Nguyên văn ô", "Words of the cell"),
    "worksheet.column.reading": ("So với bộ tiêu chí", "Beside the pack"),
    "worksheet.column.alike": ("Giống lời (%)", "Wording alike (%)"),
    "worksheet.column.why": ("Vì sao", "Why"),
    "worksheet.all_agree": ("khớp", "agrees"),
    "worksheet.all_agree_and_new": ("khớp và mới", "agrees and new"),
    "worksheet.all_label": (
        "Xác nhận cùng lúc mọi dòng “khớp” (hoặc “khớp và mới”): chọn ở ô bên phải và ghi tên người đối chiếu →",
        "Confirm all rows that agree (or agree and are new) at once: choose in the cell on the right and name who checked →",
    ),
    "worksheet.filled_guide": (
        "Cột “Đọc trong văn bản” là mức máy đọc từ {document}. Dòng “khác”, “mới”: ghi “theo văn bản” hoặc mức đúng vào cột “Mức "
        "đã đối chiếu”. Dòng “chưa hiểu”: đọc nguyên văn ô rồi ghi mức. Dòng để trống cột này được giữ nguyên.",
        "“Read in the document” is what was read from {document}. Where a row differs or is new, write “as in the document” or "
        "the right value under “Confirmed”. Where it was not understood, read the words and write the value. Rows without "
        "it stay as they are.",
    ),
    "worksheet.beyond": ("Ngoài bộ tiêu chí", "Not in the pack"),
    "worksheet.accepted_by": (
        "đọc bằng máy, chấp nhận không đối chiếu từng dòng (--accept {states})",
        "read by machine, accepted without a look at each row (--accept {states})",
    ),
    "error.worksheet_all": (
        "“{content}” không phải là lựa chọn cho mọi dòng; hãy ghi “khớp” hoặc “khớp và mới”, hoặc để trống",
        "“{content}” is no choice for all rows; write “agrees” or “agrees and new”, or leave it empty",
    ),
    "error.worksheet_which": (
        "hai mức khác nhau đang được nêu; hãy ghi “theo văn bản”, hoặc ghi mức đúng",
        "two different values are shown; write “as in the document”, or the right value",
    ),
    "error.worksheet_nothing_read": (
        "dòng này không đọc được mức nào trong văn bản; hãy ghi mức",
        "no value was read in the document for this row; write it",
    ),
    "error.worksheet_sign": (
        "dấu “{sign}” khác dấu “{present}” của bộ tiêu chí; các mức của một nội dung có chung một dấu: {missing} dòng khác"
        " của nội dung {code} chưa ghi dấu này. Hãy ghi “theo văn bản”, hoặc mức kèm dấu (“{example}”), ở các dòng ấy;"
        " nếu văn bản ghi nhiều dấu thì để trống cả nội dung và sửa chính bộ tiêu chí",
        "the sign “{sign}” is not the pack's “{present}”; the levels of one content share their sign, and this one is not given"
        " in {missing:other row|other rows} of content {code}. Write “as in the document”, or the level with its sign"
        " (“{example}”), in those rows; if the document has several signs, leave the content empty and change the pack"
        " itself",
    ),
    "worksheet.column.confirmed": ("Mức đã đối chiếu", "Confirmed"),
    "worksheet.column.decision": ("Số văn bản", "Number of the decision"),
    "worksheet.column.place": ("Vị trí trong văn bản", "Place in the decision"),
    "worksheet.column.checked_by": ("Người đối chiếu", "Checked by"),
    "worksheet.column.checked_on": ("Ngày đối chiếu", "Checked on"),
    "worksheet.column.note": ("Ghi chú", "Note"),
    "error.no_worksheet": (
        "tệp không phải là phiếu đối chiếu của ntm-rules",
        "the file is not a verification worksheet",
    ),
    "error.worksheet_row": (
        "“{content}” nằm ở dòng tự thêm, không rõ là mức nào của bộ tiêu chí",
        "“{content}” stands in a row that was added and is no figure of the pack",
    ),
    "error.worksheet_stale": (
        "{pack} đã thay đổi kể từ khi lập phiếu; hãy lập phiếu mới",
        "{pack} has changed since the worksheet was written; write a new one",
    ),
    "error.worksheet_moved": (
        "những cột nhìn thấy không phải của con số này (“{code}”): có lẽ đã sắp xếp hay chép mà không kèm các cột ẩn; hãy lập "
        "lại phiếu rồi điền lại dòng này",
        "the columns one sees are not this figure's (“{code}”): perhaps they were sorted or copied without the hidden ones; "
        "write the worksheet again and fill in this row again",
    ),
    "error.worksheet_twice": (
        "“{code}”: một con số được xác nhận hai lần mà khác nhau (xem thêm ô {other}); hãy giữ một dòng",
        "“{code}”: one figure is confirmed twice, and differently (see cell {other} too); keep one row",
    ),
    "error.worksheet_two_sheets": (
        "có nhiều trang tính là phiếu đối chiếu: {sheets}; hãy giữ một trang, hoặc tách ra thành từng tệp",
        "several sheets are worksheets: {sheets}; keep one, or put each into a file of its own",
    ),
    "error.worksheet_read": (
        "mức đọc trong văn bản là “{read}”, ô này đã bị sửa; nếu đọc sai thì hãy ghi mức đúng vào “{column}”",
        "what was read in the document is “{read}”, and this cell was changed; if it was read wrongly, write the right value "
        "under “{column}”",
    ),
    "error.worksheet_cited": (
        "mức này được đọc trong {read} mà lại ghi là của {cited}; hãy để {read}, hoặc ghi mức của {cited} vào ô xác nhận",
        "this value was read in {read} but is said to be of {cited}; leave {read}, or write the value of {cited} into the "
        "confirmed cell",
    ),
    "error.worksheet_day": (
        "không thể đối chiếu vào {day}: ngày ấy chưa đến, hoặc trước khi văn bản được ban hành",
        "nothing can have been checked on {day}: that day is to come, or lies before the decision was issued",
    ),
    "error.worksheet_nobody": (
        "{count} mức đã đối chiếu chưa có “{column}”; hãy ghi tên một lần vào ô này",
        "{count:confirmed figure has|confirmed figures have} no “{column}”; write the name once into this cell",
    ),
    "error.worksheet_words": (
        "hãy ghi một mức, hoặc “đúng” (mức đang có), “theo văn bản” (mức đọc được), “phân cấp” (do tỉnh quy định)",
        "write a value, or “correct” (the present one), “as in the document” (the one read), “delegated” (left to the "
        "province)",
    ),
    "error.worksheet_unnamed": ("mức đã đối chiếu phải có “{column}”", "a confirmed figure needs “{column}”"),
    "error.worksheet_finding": (
        "yêu cầu này do cơ quan kết luận; hãy ghi “đạt” để xác nhận đúng với văn bản",
        "a department concludes on this requirement; write “met” to confirm that the decision says so",
    ),
    "error.worksheet_none": (
        "chưa có gì được đối chiếu; hãy điền cột “Mức đã đối chiếu”, hoặc chọn một mục ở ô phía trên cột ấy, rồi lưu lại",
        "nothing was confirmed; fill in the column “Confirmed”, or choose in the cell above it, and save the file",
    ),
    "error.worksheet_ratio": (
        "một mức không phải là phép chia của hai số; hãy ghi một số (75%)",
        "a level is no division of two numbers; write one (75%)",
    ),
    "error.worksheet_nothing_shown": (
        "dòng này chưa có mức nào để xác nhận; hãy ghi mức đọc được trong văn bản",
        "there is no present value to confirm here; write the one read in the decision",
    ),
    "error.worksheet_findings": (
        "chỉ tiêu {code} có nhiều kết luận chung một nguồn; hãy xác nhận tất cả hoặc để trống tất cả",
        "indicator {code} has several conclusions with one source; confirm all of them or none",
    ),
}
