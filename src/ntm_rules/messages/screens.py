"""What the page of ``ntm-rules open`` says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "screen.skip": ("Đến nội dung chính", "Skip to the content"),
    "screen.title": ("Đánh giá nông thôn mới", "New rural assessment"),
    "screen.opened": (
        "Trang đang mở tại {address} (chỉ trên máy này; đóng cửa sổ này hoặc nhấn Ctrl+C để dừng)",
        "The page is open at {address} (on this computer alone; close this window or press Ctrl+C to stop)",
    ),
    "screen.file_to_open": ("Đánh giá nông thôn mới", "New rural assessment"),
    "screen.shortcut_no_desktop": (
        "Không thấy thư mục Desktop nên tệp được tạo ở đây: {path}. Nhấn đúp để mở trang; có thể chép sang chỗ khác",
        "There is no Desktop folder, so the file was made here: {path}. Double-click it to open the page; it may be moved",
    ),
    "screen.shortcut": ("Đã tạo {path}: nhấn đúp để mở trang", "{path} was made: double-click it to open the page"),
    "screen.file": ("bao-cao", "report"),
    "screen.private": (
        "Tệp chỉ được đọc trên máy này, không gửi đi đâu và không lưu lại.",
        "Files are read on this computer alone; nothing is sent anywhere, nothing is kept.",
    ),
    "screen.other_language": ("English", "Tiếng Việt"),
    "screen.step_choose": ("1. Chọn bộ tiêu chí và tệp", "1. Choose the set and the file"),
    "screen.pack": ("Bộ tiêu chí", "Set of criteria"),
    "screen.day": ("Ngày đánh giá", "Day of assessment"),
    "screen.province": ("Tỉnh, thành phố", "Province or city"),
    "screen.region": ("Vùng", "Region"),
    "screen.level": ("Cấp của đơn vị trong bảng", "Level of the units in the table"),
    "screen.register": (
        "Danh mục đơn vị của cơ quan, nếu có (.csv, .xlsx; các cột: mã, tên, cấp)",
        "Your own register of units, if any (.csv, .xlsx: code, name, level)",
    ),
    "screen.from_file": ("(theo tệp)", "(as the file says)"),
    "screen.drop": (
        "Kéo tệp vào đây, hoặc nhấn để chọn tệp",
        "Drop a file here, or press to choose one",
    ),
    "screen.drop_kinds": (
        "Bảng số liệu: .xlsx, .csv, .docx, .yaml, .json. Quyết định: .docx, .pdf, .html.",
        "Tables of figures: .xlsx, .csv, .docx, .yaml, .json. Decisions: .docx, .pdf, .html.",
    ),
    "screen.is_decision": (
        "Đây là quyết định: đối chiếu với bộ tiêu chí",
        "This is a decision: hold it against the set",
    ),
    "screen.opening": ("Đang mở trang…", "Opening the page…"),
    "screen.reading": ("Đang đọc “{name}”…", "Reading “{name}”…"),
    "screen.judging": ("Đang đánh giá…", "Assessing…"),
    "screen.writing": ("Đang lập tệp để tải về…", "Writing the file to take away…"),
    "screen.long": ("Tệp lớn có thể mất đến một phút.", "A large file may take up to a minute."),
    "screen.too_long": (
        "tệp chưa đọc xong sau {seconds} giây nên đã dừng; hãy tách tệp thành nhiều tệp nhỏ hơn, mỗi huyện hoặc mỗi biểu một tệp",
        "the file was not done within {seconds} seconds and was given up; split it into smaller ones, a district or a table each",
    ),
    "screen.too_much": (
        "tệp này làm chương trình đọc phải dừng, có thể vì quá lớn hoặc bị hỏng; hãy mở tệp, lưu lại dạng .xlsx hoặc .docx rồi thả lại",
        "the program had to give this file up, it may be too large or damaged; open it, save it as .xlsx or .docx and drop it again",
    ),
    "screen.changed": (
        "“{name}” đã bị sửa, đổi tên hoặc xóa trên đĩa từ khi được chọn; hãy chọn lại để đọc bản mới",
        "“{name}” was changed, renamed or removed on the disk since it was chosen; choose it again to read it as it is now",
    ),
    "screen.same_units": ("{count} đơn vị ({names})", "{count} units ({names})"),
    "screen.same_places": ("{count} chỗ ({names})", "{count} places ({names})"),
    "screen.looked": (
        "Theo tệp: {what}. Nếu không đúng, hãy chọn lại ở trên.",
        "The file says: {what}. Where that is wrong, choose again above.",
    ),
    "screen.named_several": (
        "Tệp có kết luận theo {names}. Hãy chọn bộ tiêu chí cần đánh giá.",
        "The file has conclusions under {names}. Choose the set to assess by.",
    ),
    "screen.named_other": (
        "Tệp có kết luận theo {names}; các kết luận ấy không được dùng cho bộ tiêu chí đang chọn.",
        "The file has conclusions under {names}; they are not used for the set that is chosen.",
    ),
    "screen.fits_day": (
        "Bộ tiêu chí này chỉ có hiệu lực {span}; ngày đánh giá được đặt là {day}. Hãy sửa nếu không đúng.",
        "This set is in force {span} only; the day was set to {day}. Correct it where that is wrong.",
    ),
    "screen.fits_pack": (
        "Ngày {day} có bộ tiêu chí khác: đã chọn {pack}.",
        "Another set is in force on {day}: {pack} was chosen.",
    ),
    "screen.fits_not": (
        "Bộ tiêu chí đã chọn không có hiệu lực ngày {day} (chỉ {span}). Hãy chọn lại ngày hoặc bộ tiêu chí rồi mới đọc được tệp.",
        "The chosen set is not in force on {day} ({span} only). Choose another day or set before the file can be read.",
    ),
    "screen.span": ("từ {from} đến {to}", "from {from} to {to}"),
    "screen.in_force": ("Có hiệu lực ngày {day}", "In force on {day}"),
    "screen.out_of_force": ("Không có hiệu lực ngày ấy", "Not in force that day"),
    "screen.step_read": ("2. Số liệu đã đọc", "2. What was read"),
    "screen.units_read": ("Đã đọc {count} đơn vị.", "{count:unit|units} read."),
    "screen.refused": (
        "Ô chưa đọc được: sửa tại đây rồi đọc lại",
        "Cells that were refused: fix them here and read again",
    ),
    "screen.refused_there": (
        "Ô chưa đọc được: sửa trong chương trình đã viết tệp rồi thả lại",
        "Cells that were refused: fix them in the program the file was written with, and drop it again",
    ),
    "screen.refused_more": ("Còn {count} ô nữa; hãy sửa các ô trên trước.", "{count} more cells; fix these first."),
    "screen.refused_file": ("Chưa đọc được tệp", "The file could not be read"),
    "screen.cell": ("Ô", "Cell"),
    "screen.why": ("Vì sao, và cần ghi thế nào", "Why, and what to write"),
    "screen.new_value": ("Giá trị sửa", "New value"),
    "screen.read_again": ("Đọc lại", "Read again"),
    "screen.marks_left": (
        "Còn {count} dấu chưa chọn nghĩa.",
        "{count:mark is|marks are} not explained yet.",
    ),
    "screen.marks": ("Dấu trong bảng nghĩa là gì?", "What do the marks of the table mean?"),
    "screen.mark": ("“{mark}” ({count} ô)", "“{mark}” ({count:cell|cells})"),
    "screen.mark_choose": ("(chọn)", "(choose)"),
    "screen.mark_met": ("đạt", "met"),
    "screen.mark_not_met": ("chưa đạt", "not met"),
    "screen.mark_not_applicable": ("không áp dụng", "not applicable"),
    "screen.mark_nothing": ("chưa có kết luận (để trống)", "no conclusion (as if empty)"),
    "screen.mark_wrong": ("ghi nhầm: để tôi sửa từng ô", "a slip: let me fix each cell"),
    "screen.no_figures": (
        "tệp chỉ có danh sách đơn vị ({count} đơn vị), không có số liệu hay kết luận nào nên không có gì để đánh giá; danh sách này thì "
        "chọn ở ô “Danh mục đơn vị của cơ quan”, còn ở đây thì thả bảng số liệu",
        "the file is only a list of units ({count:unit|units}), without a figure or conclusion, so there is nothing to assess; choose it "
        "as your own register of units, and drop a table of figures here",
    ),
    "screen.words_head": (
        "Chữ chưa rõ trong tên biểu, tiêu đề, chú thích",
        "Words of titles, headings and notes that are not understood",
    ),
    "screen.words_change_nothing": (
        "“{words}” không đổi nghĩa của số liệu: vẫn là kết quả của đơn vị, kỳ, bộ tiêu chí này",
        "“{words}” changes nothing: the figures are results of these units, this period and this set",
    ),
    "screen.understood": ("Chương trình hiểu biểu này thế nào", "How the table was understood"),
    "screen.doubts": ("Cần biết", "To know"),
    "screen.show_table": ("Xem bảng đã đọc (có tô màu)", "Show the table as it was read (in colours)"),
    "screen.judge": ("Đánh giá", "Assess"),
    "screen.step_result": ("3. Kết quả", "3. Result"),
    "screen.unit": ("Đơn vị", "Unit"),
    "screen.verdict": ("Kết quả", "Verdict"),
    "screen.met": ("Tiêu chí đạt", "Criteria met"),
    "screen.matrix": ("Đơn vị × tiêu chí", "Units × criteria"),
    "screen.work": ("Việc của các cơ quan", "What departments owe"),
    "screen.agency": ("Cơ quan", "Department"),
    "screen.open": ("Chưa kết luận", "To conclude"),
    "screen.failed": ("Chưa đạt", "Not met"),
    "screen.explain": ("Giải thích", "Explanation"),
    "screen.against": ("Số liệu mâu thuẫn", "Contradictions"),
    "screen.limits": ("Hạn chế của số liệu", "Limits of the figures"),
    "screen.refusals": ("Đơn vị không đánh giá được", "Units that could not be judged"),
    "screen.take": ("Tải về", "Take away"),
    "screen.take_html": ("Báo cáo (trang HTML)", "Report (HTML page)"),
    "screen.take_xlsx": ("Bảng tính (Excel)", "Workbook (Excel)"),
    "screen.take_docx": ("Báo cáo theo Nghị định 30 (Word)", "Letter (Word)"),
    "screen.take_yaml": ("Số liệu đã làm sạch", "The cleaned facts"),
    "screen.report_title": ("Tiêu đề báo cáo", "Title of the report"),
    "screen.summary": (
        "{met} đạt, {failed} chưa đạt, {open} chưa đủ căn cứ",
        "{met} met, {failed} not met, {open} undetermined",
    ),
    "screen.failed_to_answer": (
        "Chương trình không trả lời. Cửa sổ của chương trình còn mở không?",
        "The program does not answer. Is its window still open?",
    ),
    "screen.decision": ("2. Đối chiếu quyết định", "2. The decision held against the set"),
    "screen.decision_todo": ("Việc cần làm tiếp", "What to do next"),
    "screen.decision_worksheet": ("Tải phiếu đối chiếu (Excel)", "Take the worksheet (Excel)"),
    "screen.file_worksheet": ("phieu-doi-chieu", "worksheet"),
    "screen.next_another": (
        "Kiểm tra trước: văn bản này có đúng là văn bản của bộ tiêu chí đã chọn, đúng giai đoạn không. Nếu không, chọn lại bộ tiêu "
        "chí ở bước 1.",
        "First make sure that this is the decision of the chosen set and of its period; if not, choose another set in step 1.",
    ),
    "screen.next_see": (
        "Mở trang đối chiếu, xem {count} mục khác, mới hoặc chưa hiểu, từng mục cạnh chỗ của nó trong văn bản.",
        "Open the review and look at the {count:item|items} that differ, are new or were not understood, each beside its place in "
        "the document.",
    ),
    "screen.next_agrees": (
        "Mọi con số đọc được đều khớp; mở trang đối chiếu để xem lại.",
        "Every figure that was read agrees; open the review to look at them.",
    ),
    "screen.next_none": (
        "Không thấy con số nào của bộ tiêu chí trong văn bản; mở trang đối chiếu để xem văn bản đã đọc được những gì.",
        "No figure of the set was found in the document; open the review to see what was read of it.",
    ),
    "screen.next_confirm": (
        "Tải phiếu đối chiếu, ghi mức đã đối chiếu và người đối chiếu, rồi gửi người giữ bộ tiêu chí lập bản đã xác nhận. Chưa có gì "
        "trong bộ tiêu chí bị thay đổi.",
        "Take the worksheet, write what you confirm and who you are, and send it to whoever keeps the set to make the confirmed one "
        "of it. Nothing in the set has been changed.",
    ),
    "screen.decision_ready": ("Mở trang đối chiếu", "Open the review"),
    "screen.no_script": ("Trang này cần JavaScript.", "This page needs JavaScript."),
    # What the command line and the layout file have words for, as the page says it: what to do there. Under the same keys.
    "here.error.mark_unknown": (
        "không rõ “{mark}” nghĩa là gì; hãy ghi dấu đã chọn nghĩa ở trên, hoặc viết đạt, chưa đạt, không áp dụng",
        "what does “{mark}” mean? write a mark explained above, or met, not met, not applicable",
    ),
    "here.error.layout_unit_unknown": (
        "không có đơn vị nào tên hoặc mã “{name}”. {near} Nếu tên đúng mà danh mục của chương trình không có, hãy chọn danh mục "
        "đơn vị của cơ quan ở bước 1",
        "no unit has the name or code “{name}”. {near} Where the name is right, choose your own register of units in step 1",
    ),
    "here.error.other_province": (
        "bộ tiêu chí đã chọn là của tỉnh {name}, không áp dụng cho đơn vị của tỉnh “{given}”; hãy chọn lại tỉnh hoặc bộ tiêu chí ở "
        "bước 1",
        "the chosen set is that of the province {name} and does not apply to a unit of the province “{given}”; choose another "
        "province or set in step 1",
    ),
    "here.error.layout_units": (
        "{count} đơn vị cùng tên “{name}”: {names}; hãy ghi mã thay cho tên, hoặc ghi thêm huyện, tỉnh vào ô",
        "{count} units are called “{name}”: {names}; write the code for the name, or add the district or province in the cell",
    ),
    "here.error.unit_merged": (
        "“{name}” không còn là một đơn vị: {became}; số liệu của đơn vị cũ không tự cộng vào đơn vị mới, hãy lấy số liệu của "
        "đơn vị mới, hoặc chọn ngày đánh giá trước 01/7/2025 ở bước 1 nếu biểu nói về trước sáp nhập",
        "“{name}” is no longer a unit: {became}; an old unit's figures are not added up to a new one's: take the new unit's "
        "own, or choose a day before 1 July 2025 in step 1 where the table is about the time before the merger",
    ),
    "here.error.row_no_unit": (
        "dòng có số liệu nhưng không ghi đơn vị; hãy ghi tên hoặc mã đơn vị, dòng không cần đọc thì xóa trong tệp",
        "the row has figures and no unit; write its name or code, or delete a row that is not to be read in the file",
    ),
    "here.error.row_wording": (
        "không rõ “{text}” là chỉ tiêu nào; hãy ghi mã của chỉ tiêu, dòng không cần đọc thì xóa trong tệp. {near}",
        "which indicator is “{text}”? give its code, or delete a row that is not to be read in the file. {near}",
    ),
    "here.error.layout_no_column": (
        "ô “{content}” ở cột {column} không có tiêu đề cột; hãy ghi tiêu đề, hoặc xóa ô nếu không cần đọc",
        "the cell “{content}” stands in column {column}, which has no heading; write one, or clear a cell not to be read",
    ),
    "here.error.layout_period": (
        "cột “{heading}”: không rõ số liệu của ngày nào; hãy ghi kỳ vào tiêu đề cột hoặc tên biểu (ví dụ 6 tháng đầu năm 2024)",
        "column “{heading}”: nobody says of which day its figures are; write the period into its heading or the table's title "
        "(as in 6 tháng đầu năm 2024)",
    ),
    "here.error.layout_other_period": (
        "ngày đánh giá đã chọn là {said}, tên biểu ghi {seen}; hãy chọn lại ngày ở bước 1, hoặc sửa tên biểu trong tệp",
        "the day chosen is {said}, the table's titles say {seen}: choose another day in step 1, or correct the title in the file",
    ),
    "here.error.layout_whose": (
        "không rõ biểu của đơn vị nào; hãy ghi tên đơn vị vào tên biểu trong tệp",
        "nobody says which unit the table is about; write its name into the table's title in the file",
    ),
    "here.error.layout_unsure": (
        "chưa đọc gì: biểu này còn {count} điều chưa rõ, ghi sau dấu “?” ở phần “Chương trình hiểu biểu này thế nào”. Dấu, chữ chưa rõ nghĩa thì trả lời ở trên rồi đọc "
        "lại; điều khác thì sửa trong tệp rồi kéo tệp vào lại",
        "nothing was read: {count:thing is|things are} not clear about this table, listed after “?” under “How the table was understood”. Answer what marks and words mean "
        "above and read again; correct anything else in the file and drop it again",
    ),
    "here.error.own_worksheet": (
        "tệp là phiếu đối chiếu mức của bộ tiêu chí với văn bản, không phải số liệu của đơn vị: người đối chiếu ghi vào đó mức đọc được trong "
        "văn bản. Ở đây hãy thả bảng số liệu",
        "the file is a verification worksheet: the figures of a set, to be checked against the decision; it holds no facts of units. Drop a "
        "table of figures here",
    ),
    "here.error.no_tables": (
        "trong tệp không thấy biểu số liệu nào của bộ tiêu chí đã chọn; hãy xem lại bộ tiêu chí ở bước 1, và trong tệp có dòng "
        "tiêu đề, có cột tên đơn vị hoặc cột mã, nội dung chỉ tiêu",
        "no table of figures of the chosen set is in the file; check the set in step 1, and that the file has a row of headings and a "
        "column of unit names, or of codes or wordings of indicators",
    ),
    "here.layout.doubt.no_heading": (
        "không tìm thấy dòng tiêu đề; hãy ghi tiêu đề cho các cột trong tệp",
        "no heading was found; write headings over the columns in the file",
    ),
    "here.layout.doubt.heading": (
        "không chắc dòng {row} là tiêu đề; hãy sửa tiêu đề các cột trong tệp cho rõ rồi thả lại",
        "row {row} may not be the heading; make the headings of the columns clear in the file and drop it again",
    ),
    "here.layout.doubt.column": (
        "cột {column} “{heading}”: không rõ là gì; hãy viết lại tiêu đề cho rõ, hoặc xóa cột trong tệp nếu không cần đọc",
        "column {column} “{heading}”: what does it hold? make its heading clear, or delete the column in the file where it is not to be read",
    ),
    "here.layout.doubt.of": (
        "cột {column} “{heading}”: không rõ chỉ tiêu hay số liệu nào; hãy ghi mã chỉ tiêu vào tiêu đề. {near}",
        "column {column} “{heading}”: which indicator or measure is it? write the indicator's code into the heading. {near}",
    ),
    "here.layout.doubt.marks": (
        "dấu “{mark}” ({count} ô) chưa rõ nghĩa; hãy chọn nghĩa ở trên rồi đọc lại",
        "the mark “{mark}” ({count:cell|cells}) is not explained; choose what it means above and read again",
    ),
    "here.layout.doubt.title_turned": (
        "tên biểu “{title}” nói về điều chưa đạt: dấu trong biểu là đạt hay chưa đạt? Hãy sửa tên biểu, hoặc thay dấu bằng chữ đạt, chưa "
        "đạt trong tệp, rồi thả lại",
        "the title “{title}” is of what is not met: does a mark say met or not met? correct the title, or write met and not met instead of "
        "the marks, in the file, and drop it again",
    ),
    "here.layout.doubt.title_plan": (
        "tên biểu “{title}” nói về kế hoạch, ước tính ({words}), không phải kết quả; nếu đúng là kết quả thì hãy đánh dấu "
        "ở trên rồi đọc lại",
        "the title “{title}” is of a plan or an estimate ({words}) and not of results; where they are results, tick that "
        "above and read again",
    ),
    "here.layout.doubt.title_words": (
        "tên biểu “{title}” có chữ chưa rõ nghĩa: {words}; nếu chữ ấy không đổi nghĩa của số liệu thì hãy đánh dấu ở trên rồi đọc lại",
        "the title “{title}” has words that are not understood: {words}; where they change nothing in the figures, tick that "
        "above and read again",
    ),
    "here.layout.doubt.heading_words": (
        "cột {column} “{heading}” có chữ chưa rõ nghĩa: {words}; nếu là kết quả thì hãy đánh dấu ở trên rồi đọc lại",
        "column {column} “{heading}” has words that are not understood: {words}; where it holds results, tick that above "
        "and read again",
    ),
    "here.layout.doubt.signed": (
        "biểu của {unit}, do {seen} ký: hãy chọn lại đơn vị ở bước 1, hoặc sửa phần ký trong tệp rồi thả lại",
        "the table is of {unit} and signed by {seen}: choose the unit again in step 1, or correct the signature in the file and "
        "drop it again",
    ),
    "here.layout.doubt.section": (
        "dòng “{text}” có chữ chưa rõ nghĩa: {words}; nếu các dòng dưới nó vẫn là kết quả của biểu thì hãy đánh dấu ở trên rồi đọc lại, "
        "nếu không thì tách thành tệp khác",
        "the line “{text}” has words that are not understood: {words}; where the rows under it are results of the table all the "
        "same, tick that above and read again, else make them a file of their own",
    ),
    "here.layout.doubt.note": (
        "chú thích “{text}” có chữ chưa rõ nghĩa: {words}; nếu không làm số liệu, dấu nào đổi nghĩa thì hãy đánh dấu ở trên rồi đọc lại, "
        "nếu có thì sửa trong tệp rồi thả lại",
        "the note “{text}” has words that are not understood: {words}; where it changes no figure and no mark, tick that above and read "
        "again, else correct the file and drop it again",
    ),
    "here.layout.doubt.elsewhere": (
        "tên biểu ghi “{seen}”, mà đơn vị của biểu ở nơi khác ({unit}); hãy chọn lại tỉnh ở bước 1, hoặc sửa tên biểu trong tệp rồi thả lại",
        "the title says “{seen}”, and the table's units lie elsewhere ({unit}); choose the province again in step 1, or correct the "
        "title in the file and drop it again",
    ),
    "here.layout.doubt.hidden": (
        "biểu có số liệu bị ẩn (dòng {rows}; cột {columns}); hãy bỏ ẩn, hoặc xóa nếu không dùng, rồi thả lại tệp",
        "figures of the table are hidden (rows {rows}; columns {columns}); show them, or remove what is not meant, and drop the "
        "file again",
    ),
    "here.layout.doubt.unit": (
        "không rõ biểu của đơn vị nào; hãy ghi tên đơn vị vào tên biểu trong tệp",
        "nobody says which unit the table is about; write its name into the table's title in the file",
    ),
    "here.layout.doubt.period": (
        "không rõ số liệu của kỳ nào{heading}; hãy ghi kỳ vào tiêu đề hoặc tên biểu (ví dụ 6 tháng đầu năm 2024)",
        "nobody says of which period the figures are{heading}; write it into the heading or title (as in 6 tháng đầu năm 2024)",
    ),
    "here.layout.doubt.periods": (
        "tiêu đề của biểu ghi nhiều kỳ ({texts}); hãy chỉ giữ kỳ của số liệu",
        "the titles name several periods ({texts}); keep the one of the figures only",
    ),
    "here.layout.doubt.same_role": (
        "cột {column} “{heading}” và cột {other} cùng là “{role}”, cùng đơn vị và cùng kỳ; hãy sửa tiêu đề cho khác nhau, hoặc xóa "
        "một cột",
        "columns {column} “{heading}” and {other} are both “{role}” of one unit and period; tell them apart in their headings, or "
        "delete one",
    ),
    "here.layout.doubt.units": (
        "tiêu đề của biểu ghi nhiều đơn vị: {names}; hãy chỉ giữ đơn vị của biểu",
        "the titles name several units: {names}; keep the one of the table only",
    ),
    "screen.no_cell": ("không có ô “{cell}”", "there is no cell “{cell}”"),
    "screen.fix_there": (
        "tệp loại này hãy sửa trong chương trình đã viết nó (Word, trình soạn thảo) rồi kéo vào lại",
        "fix a file of this kind where it was written (Word, an editor), and drop it again",
    ),
    "screen.damaged": ("tệp bị hỏng khi chuyển; hãy thử lại", "the file was damaged on the way; try again"),
    "screen.too_large": ("tệp lớn hơn {most} MB", "the file is larger than {most} MB"),
    "screen.kind": ("không đọc loại tệp này; dùng: {names}", "files of this kind are not read; use: {names}"),
}
