"""Decisions read from files."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Files that are refused
    "error.needs_document_extra": (
        'đọc văn bản cần gói {package}; hãy cài: pip install "ntm-rules[document]"',
        'reading documents needs {package}; install it: pip install "ntm-rules[document]"',
    ),
    "error.document_kind": (
        "không đọc loại tệp “{suffix}”; đọc được: {names}",
        "files of the kind “{suffix}” are not read; these are: {names}",
    ),
    "error.document_old": (
        "đây là tệp Word hoặc Excel đời cũ (.doc, .xls); hãy mở và lưu lại thành .docx hoặc .xlsx",
        "this is an old Word or Excel file (.doc, .xls); open it and save it as .docx or .xlsx",
    ),
    "error.document_protected": (
        "tệp có mật khẩu; hãy mở, bỏ mật khẩu rồi lưu lại",
        "the file is protected by a password; open it, remove the password and save it again",
    ),
    "error.document_macros": (
        "tệp có macro; hãy lưu lại thành .docx hoặc .xlsx không có macro",
        "the file carries macros; save it as .docx or .xlsx without them",
    ),
    "error.document_entities": (
        "tệp khai báo thực thể XML, là thứ Word và Excel không bao giờ viết; hãy mở và lưu lại",
        "the file declares XML entities, which Word and Excel never write; open it and save it again",
    ),
    "error.document_tracked": (
        "tệp còn thay đổi chưa duyệt (Track Changes); hãy chấp nhận hoặc bỏ các thay đổi rồi lưu lại",
        "the file has tracked changes nobody has accepted or rejected; do so and save it again",
    ),
    "error.document_nested": (
        "bảng hoặc khối lồng nhau quá {limit} tầng",
        "tables or blocks are nested more than {limit} levels deep",
    ),
    "error.document_cells": (
        "bảng có hơn {limit} ô; không văn bản nào cần đến thế",
        "tables of more than {limit} cells; no decision needs so many",
    ),
    "error.document_pages": ("tệp có {count} trang (tối đa {limit})", "the file has {count} pages (at most {limit})"),
    "error.document_page_full": (
        "một trang có hơn {limit} chữ và nét; đây có phải là bản vẽ không?",
        "a page has more than {limit} characters and lines; is it a drawing?",
    ),
    "error.document_scan": (
        "tệp không có chữ nào để đọc: đây là bản quét. Hãy tìm bản có chữ (Word, trang web), hoặc nhận dạng chữ rồi soát lại",
        "the file has no text to read: it is a scan. Look for a copy with text (Word, web page), or run character "
        "recognition and check the result",
    ),
    "error.document_damaged": (
        "tệp hỏng, không mở được; hãy mở bằng chương trình đã tạo ra nó rồi lưu lại, hoặc tải lại tệp",
        "the file is damaged and cannot be opened; open it in the program that made it and save it, or fetch it again",
    ),
    "error.document_named": (
        "tệp mang đuôi {suffix} nhưng là {kind}; hãy đổi đuôi thành {right}",
        "the file is named {suffix} but is {kind}; name it {right}",
    ),
    "error.document_named_unread": (
        "tệp mang đuôi {suffix} nhưng là {kind}, loại này không được đọc; hãy mở và lưu lại thành .docx, .xlsx hay .pdf có chữ",
        "the file is named {suffix} but is {kind}, which is not read; open it and save it as .docx, .xlsx or a .pdf with text",
    ),
    "document.kind.word": ("tệp Word (.docx)", "a Word file (.docx)"),
    "document.kind.excel": ("tệp Excel (.xlsx)", "an Excel file (.xlsx)"),
    "document.kind.pdf": ("tệp PDF", "a PDF file"),
    "document.kind.page": ("trang web (HTML)", "a web page (HTML)"),
    "document.kind.rtf": ("tệp RTF", "an RTF file"),
    "document.kind.picture": ("tệp ảnh", "a picture"),
    "document.kind.archive": ("tệp nén (zip)", "an archive (zip)"),
    "error.document_mhtml": (
        "đây là trang lưu dạng một tệp (.mht); hãy lưu lại dạng “Trang web, chỉ HTML”",
        "this is a page saved as a single file (.mht); save it as “Web page, HTML only”",
    ),
    "error.document_not_html": ("tệp không phải là trang web", "the file is no web page"),
    "error.document_encoding": (
        "chữ trong tệp không ở bảng mã {encoding}; hãy lưu lại ở UTF-8",
        "the text of the file is not in {encoding}; save it again in UTF-8",
    ),
    # Places
    "document.place_sheet": ("trang tính “{sheet}”, ô {cell}", "sheet “{sheet}”, cell {cell}"),
    "document.place_row": ("dòng {row}, cột {column}", "row {row}, column {column}"),
    "document.place_table": ("bảng {table}", "table {table}"),
    "document.place_content": ("nội dung {code}", "content {code}"),
    "document.place_column": ("cột “{heading}”", "column “{heading}”"),
    "document.place_page": ("trang {page}", "page {page}"),
    # A document held against a pack
    "error.document_no_criteria": (
        "văn bản có {count} bảng, không bảng nào là bảng tiêu chí (cần cột nội dung tiêu chí và cột chỉ tiêu); "
        "các con số có thể nằm ở phụ lục khác hoặc trong lời văn",
        "the document has {count:table|tables} and none is a table of criteria (one column of contents, one of what is "
        "asked); its figures may stand in another annex or in prose",
    ),
    "error.document_no_tables": (
        "văn bản không có bảng nào, chỉ có lời văn; bảng tiêu chí có thể nằm ở một phụ lục không có trong tệp này",
        "the document has no table, only prose; its table of criteria may stand in an annex that is not in this file",
    ),
    "error.document_unruled": (
        "PDF này có {count} dòng của một bảng tiêu chí nhưng bảng không kẻ ô (“{words}”), nên không rõ chữ nào thuộc ô nào;"
        " hãy đọc tệp Excel hoặc Word gốc, hoặc kẻ ô (trong Excel: Borders → All Borders) rồi lưu lại dạng PDF",
        "this PDF has {count} rows of a table of criteria, but the table has no ruled lines (“{words}”), and which words"
        " are one cell cannot be known; read the original Excel or Word file, or draw the lines (in Excel: Borders → All"
        " Borders) and save it as PDF again",
    ),
    "error.document_columns": (
        "có bảng tiêu chí nhưng không hiểu các cột này dành cho ai: {names}. Cột phải mang tên một vùng, một nhóm xã, một "
        "loại đơn vị, một năm, hay “Chỉ tiêu chung”; nếu là nhóm của riêng tỉnh, hãy lập dự thảo bằng packs draft rồi đối "
        "chiếu với dự thảo ấy, hoặc sửa tên cột trong một bản sao",
        "there is a table of criteria, but it is not clear whom these columns are for: {names}. A column is headed by a "
        "region, a group of communes, a kind of unit, a year, or “Chỉ tiêu chung”; where the groups are a province's own, "
        "make a draft with packs draft and hold the document against it, or rename the columns in a copy",
    ),
    "error.document_hidden": (
        "các trang tính đang hiện không có bảng tiêu chí nào; trang tính bị ẩn không được đọc: {names}. Hãy bỏ ẩn rồi lưu lại",
        "the visible sheets have no table of criteria; hidden ones are not read: {names}. Unhide them and save the file again",
    ),
    "error.document_annex_elsewhere": (
        "văn bản nói tới {names} kèm theo, nhưng trong tệp này không có bảng tiêu chí nào; hãy tìm tệp kèm theo ấy",
        "the document speaks of {names} attached to it, but this file has no table of criteria; look for the attached file",
    ),
    "document.state.agrees": ("khớp", "agrees"),
    "document.state.new": ("mới", "new"),
    "document.state.differs": ("khác", "differs"),
    "document.state.not_understood": ("chưa hiểu", "not understood"),
    "document.state.not_in_document": ("không có trong văn bản", "not in the document"),
    "document.state.elsewhere": ("theo văn bản khác", "from another document"),
    "document.note_elsewhere": ("theo văn bản khác: {number}", "from another document: {number}"),
    "document.state.not_in_pack": ("không có trong bộ tiêu chí", "not in the pack"),
    "draft.to_see": ("Nội dung cần người xem: {codes}", "Contents for a person to see: {codes}"),
    "document.ask_another": (
        "Văn bản có thể không phải là quyết định của bộ tiêu chí này; chưa ghi gì. Nếu vẫn muốn đối chiếu, hãy thêm "
        "--another-decision",
        "The document may not be this pack's decision; nothing was written. To hold it against the pack all the same, "
        "add --another-decision",
    ),
    "document.accepted": (
        "Đã chấp nhận không đối chiếu từng dòng: {states}",
        "Accepted without a look at each row: {states}",
    ),
    "error.accept": (
        "--accept: không có “{given}”; chọn trong: {names}",
        "--accept: no “{given}”; choose from: {names}",
    ),
    "error.accept_by": (
        "--accept cần --by: ai chấp nhận kết quả đọc mà không xem từng dòng?",
        "--accept needs --by: who takes the reading over without a look at each row?",
    ),
    "error.accept_new_alone": (
        "--accept: chấp nhận dòng mới thì phải chấp nhận cả dòng khớp (agrees,new)",
        "--accept: who accepts new rows accepts those that agree as well (agrees,new)",
    ),
    "draft.summary": (
        "Dự thảo: {criteria} tiêu chí, {contents} nội dung; {proposed} số liệu đề xuất từ danh mục, {new} số liệu mới; "
        "{prose} nội dung là lời văn, để cơ quan phụ trách kết luận",
        "Draft: {criteria} criteria, {contents} contents; {proposed} measures proposed from the dictionary, {new} new ones; "
        "{prose} contents are prose, left to the agency in charge",
    ),
    "draft.note": (
        "Dự thảo lập bằng máy từ tệp {file} (SHA-256 {digest}), chưa ai đối chiếu. Đề xuất số liệu và chiều tốt hơn cần "
        "người xem lại.",
        "Drafted by machine from {file} (SHA-256 {digest}); nobody has checked it. Measures proposed and the direction "
        "in which they improve need a person's look.",
    ),
    "draft.new_measure": (
        "Đề xuất từ nội dung {code}; đơn vị và chiều tốt hơn suy từ văn bản, cần xem lại.",
        "Proposed from content {code}; unit and direction are inferred from the document, to be looked at.",
    ),
    "draft.new_measure_bare": (
        "Đề xuất từ nội dung {code}; văn bản không ghi đơn vị nên tạm lấy “cái”: hãy ghi đúng vật được đếm (mô hình, hộ,"
        " điểm …). Chiều tốt hơn suy từ văn bản, cần xem lại.",
        "Proposed from content {code}; the document names no unit, so “items” stands for it: write what is counted"
        " (models, households, points …). The direction is inferred from the document, to be looked at.",
    ),
    "draft.own_group": ("Nhóm xã theo cột của văn bản", "Group of communes, as the document's columns are headed"),
    "draft.own_groups": (
        "Đề xuất: văn bản quy định theo nhóm của riêng mình ({names}); hãy xem lại tên và cách phân nhóm.",
        "Proposed: the document asks by groups of its own ({names}); look at their names and how units are grouped.",
    ),
    "draft.no_sign": ("Không có dấu: ít nhất hay nhiều nhất?", "No sign: at least or at most?"),
    "bundle.about": ("Các bộ tiêu chí của {namespace}", "Packs of {namespace} for ntm-rules"),
    "bundle.readme": (
        "Các bộ tiêu chí của {namespace} cho thư viện ntm-rules. Cài: `pip install {name}` (hoặc `pip install .` trong thư mục "
        "này); sau đó dùng như mọi bộ khác: `ntm-rules evaluate so-lieu.xlsx --pack {pack}{trust}`. Kiểm tra: `pytest`.\n",
        "Packs of {namespace} for ntm-rules. Install with `pip install {name}` (or `pip install .` in this folder), then use "
        "them like any other: `ntm-rules evaluate data.xlsx --pack {pack}{trust}`. Check with `pytest`.\n",
    ),
    "bundle.pack": (
        "- `{pack}`: {title}. {stated} trên {figures} con số đã đối chiếu với văn bản ({decisions}).",
        "- `{pack}`: {title}. {stated} of {figures} figures were checked against the decision ({decisions}).",
    ),
    "bundle.unconfirmed": (
        "{pack}: chưa con số nào được đối chiếu với văn bản; --trust stated sẽ không tính con số nào. Hãy đối chiếu bằng "
        "packs read và packs apply trước khi chia sẻ",
        "{pack}: no figure was checked against the decision; with --trust stated none counts. Check them with packs read "
        "and packs apply before you share it",
    ),
    "bundle.accepted": (
        "Trong đó {accepted} con số do máy đọc và được chấp nhận không đối chiếu từng dòng.",
        "Of these, {accepted:figure was|figures were} read by machine and accepted without a look at each row.",
    ),
    "error.bundle_empty": ("chưa cho tệp bộ tiêu chí nào", "no pack file was given"),
    "error.bundle_exists": (
        "thư mục đã có nội dung; hãy chọn thư mục khác",
        "the folder is not empty; choose another",
    ),
    "error.bundle_id": (
        "mã “{id}” không đóng gói được: cần hai phần, như nghean/commune, và phần đầu không phải của gói đã cài ({taken}). "
        "Hãy lập lại bằng packs apply --id",
        "the id “{id}” cannot be bundled: it needs two parts, as in nghean/commune, the first not that of an installed "
        "bundle ({taken}). Make it again with packs apply --id",
    ),
    "error.bundle_names": (
        "mã các bộ tiêu chí phải bắt đầu bằng cùng một từ; đang có: {names}",
        "the ids of the packs must begin with one word; found: {names}",
    ),
    "error.bundle_twice": ("{pack} có ở hai tệp", "{pack} stands in two files"),
    "error.document_no_annex": (
        "văn bản không có phụ lục “{annex}” có bảng tiêu chí; có: {names}",
        "the document has no annex “{annex}” with a table of criteria; there is: {names}",
    ),
    "draft.proposal": ("{code}: {measure} (giống lời {score}%)", "{code}: {measure} (wording {score}% alike)"),
    "draft.proposal_alike": (
        "{code}: {measure} (giống lời {score}%, chưa chắc là một: “{words}” chỉ có ở một bên; cần người xem)",
        "{code}: {measure} (wording {score}% alike, maybe not the same: only one has “{words}”; a person has to see)",
    ),
    "draft.proposal_new": ("{code}: {measure} (mới)", "{code}: {measure} (new)"),
    "review.title": ("{pack} đối chiếu với {number}", "{pack} beside {number}"),
    "review.rule": ("Bộ tiêu chí", "The pack"),
    "review.by_cell": ("mức ghi trong từng ô", "the level in each cell"),
    "review.words": ("lời văn, không đọc thành mức", "prose, read as no level"),
    "review.delegated": ("để tỉnh quy định", "left to the province"),
    "review.not_asked": ("không quy định", "nothing is asked"),
    "review.missing": ("Các con số không có ô trong văn bản", "Figures without a cell in the document"),
    "review.present": ("đang là {present}", "now {present}"),
    "document.file": ("tệp {file}, SHA-256 {digest}", "file {file}, SHA-256 {digest}"),
    "document.summary": (
        "{counted}. Văn bản: {number}, ngày {day}; tệp {file}, SHA-256 {digest}…",
        "{counted}. Document: {number} of {day}; file {file}, SHA-256 {digest}…",
    ),
    "document.no_number": (
        "không thấy số của quyết định trong văn bản; hãy xem đây có phải là văn bản cần đọc không",
        "the document does not say the number of its decision; see whether it is the one meant",
    ),
    "document.other_decision": (
        "văn bản là {number}, không phải quyết định nào mà {pack} dựa vào ({names})",
        "the document is {number}, none of the decisions {pack} rests on ({names})",
    ),
    "document.other_day": (
        "văn bản đề {number} ngày {day}, còn bộ tiêu chí ghi quyết định này ngày {issued}",
        "the document says {number} is of {day}, the pack that it is of {issued}",
    ),
    "document.numbers_differ": (
        "đầu văn bản ghi số {number} nhưng phụ lục ghi kèm theo {others}",
        "the head of the document says {number}, its annexes that they belong to {others}",
    ),
    "document.other_period": (
        "văn bản là của giai đoạn {first}-{last}, không phải giai đoạn của {pack}",
        "the document is for {first}-{last}, not the period of {pack}",
    ),
    "document.other_title": (
        "văn bản hoặc phụ lục mang tên “{title}”, còn bộ tiêu chí là “{pack}”",
        "the document or its annex is titled “{title}”, the pack is “{pack}”",
    ),
    "document.other_set": (
        "chỉ {certain} trên {count} nội dung của văn bản có mã và lời của {pack}; đây có thể là phụ lục của một bộ tiêu "
        "chí khác",
        "only {certain} of the document's {count:content|contents} have the code and wording of {pack}; this may be the annex of "
        "another set",
    ),
    "document.other_annexes": (
        "đối chiếu với {annex}; để riêng {aside}, là của bộ tiêu chí khác",
        "{annex} is held against the pack; {aside} left aside, being another set's",
    ),
    "document.set_in_prose": (
        "{count} trên {total} nội dung của {pack} viết thành câu, ngoài các bảng: hãy tự đọc và đối chiếu từng con số",
        "{count} of {total:content|contents} of {pack} stand as sentences, outside of any table: read and compare each figure",
    ),
    "document.unread_pages": (
        "các trang {pages} không có chữ để đọc (ảnh quét hoặc chữ xoay ngang)",
        "pages {pages} have no text to read (pictures, or text turned on its side)",
    ),
    "document.is_draft": (
        "văn bản tự gọi là dự thảo (“{words}”); chỉ quyết định đã ký mới có giá trị",
        "the document calls itself a draft (“{words}”); only a decision that has been signed counts",
    ),
    "document.said_beside": (
        "cạnh bảng {table} có câu “{words}”; hãy đọc xem câu này có làm thay đổi các mức trong bảng không",
        "beside table {table} stands “{words}”; read whether it changes the levels of the table",
    ),
    "document.said_elsewhere": (
        "ở chỗ khác trong văn bản có câu “{words}”; hãy đọc xem câu này có làm thay đổi các mức trong bảng không",
        "elsewhere in the document stands “{words}”; read whether it changes the levels of the table",
    ),
    "document.no_such_day": (
        "văn bản ghi “{day}”, là ngày không có trong lịch; hãy xem lại bản gốc",
        "the document says “{day}”, a day no calendar has; look at the original",
    ),
    "document.broken_words": (
        "nhiều chữ trong tệp bị ngắt giữa từ ({words}) nên tên cột và nội dung không nhận ra được; hãy dùng bản Word hoặc "
        "trang web của văn bản",
        "many words of the file come out in pieces ({words}), so that headings and contents are not recognised; use a Word "
        "file or a web page of the decision",
    ),
    "document.hidden_sheets": (
        "trang tính bị ẩn không được đọc: {names}; nếu cần, hãy bỏ ẩn rồi lưu lại",
        "hidden sheets are not read: {names}; if they are meant, unhide them and save the file again",
    ),
    "document.outside_styles": (
        "trang có phần định dạng nằm ở tệp khác, không được đọc ({names}): chữ người xem thấy có thể khác; "
        "hãy lưu trang thành PDF hoặc Word rồi đọc tệp đó",
        "the page has styles in other files, which are not read ({names}): what a person sees may differ; "
        "save the page as PDF or Word, and read that file",
    ),
    "document.unread_table": (
        "bảng {table} không có dòng tiêu đề, có vẻ là phần tiếp theo của bảng trước nhưng cột không khớp; bảng này không được đọc",
        "table {table} has no heading and seems to go on with the one before, but its columns are not the same; it is not read",
    ),
    "document.note_unread_table": (
        "chỉ tiêu này có vẻ nằm ở bảng {table}, là bảng không có tiêu đề và không được đọc",
        "this indicator seems to stand in table {table}, which has no heading and is not read",
    ),
    "document.unknown_column": (
        "bảng {table}: không hiểu cột “{heading}” dành cho ai; các ô của cột không được đọc",
        "table {table}: it is not clear whom the column “{heading}” is for; its cells are not read",
    ),
    "document.note_in_sentence": (
        "con số nằm trong câu, hãy đọc và đối chiếu: “{words}”",
        "the figure stands inside a sentence, read and compare it: “{words}”",
    ),
    "document.note_context": (
        "trong bảng hoặc cạnh bảng có lời làm thay đổi, hoặc có thể làm thay đổi, ý nghĩa của mức này: “{words}”",
        "words in the table, or beside it, change or may change what this level means: “{words}”",
    ),
    "document.note_words": ("ô là lời văn, không phải một mức", "the cell is prose, not a level"),
    "document.unruled_rows": (
        "PDF còn {count} dòng có mã và mức đứng ngoài các bảng kẻ ô, không đọc được: “{words}”; hãy đọc tệp gốc, hoặc kẻ ô rồi"
        " lưu lại dạng PDF",
        "the PDF has {count} more rows with code and level outside its ruled tables, which are not read: “{words}”; read"
        " the original file, or draw the lines and save it as PDF again",
    ),
    "document.note_figures": (
        "ô là lời văn có con số bên trong, không rõ con số ấy là mức của chỉ tiêu nào",
        "the cell is prose with figures inside, and not clearly whose level they are",
    ),
    "document.note_left_in_words": (
        "ô giao cấp tỉnh quy định, kèm điều kiện bằng lời: đọc nguyên văn rồi ghi “phân cấp” hoặc mức",
        "the cell leaves the level to the province, on conditions in words: read them, then write “delegated” or the"
        " level",
    ),
    "document.note_symbol": (
        "ô có ký hiệu, công thức hoặc hình không đọc được",
        "the cell holds a symbol, an equation or a picture that cannot be read",
    ),
    "document.note_uncomputed": (
        "ô là công thức chưa có kết quả; hãy mở tệp bằng Excel và lưu lại",
        "the cell is a formula without its result; open the file in Excel and save it",
    ),
    "document.note_struck": (
        "ô có chữ bị gạch ngang, hoặc ô bị gạch chéo",
        "part of the cell is struck out, or the cell is crossed out",
    ),
    "document.note_hidden": (
        "ô có chữ bị ẩn hoặc không nhìn thấy được (⊘): hãy mở tệp xem ô này",
        "the cell has text that is hidden or cannot be seen (⊘): open the file and look at it",
    ),
    "document.note_look": (
        "có định dạng chưa hiểu, nên chữ người xem thấy có thể khác ({words}): hãy mở tệp xem dòng này",
        "its formatting is not understood, so what a person sees may differ ({words}): open the file and look at this row",
    ),
    "document.note_range": (
        "ô ghi một khoảng, chưa rõ mức nào được tính là đạt",
        "the cell gives a range, and not which end of it is asked",
    ),
    "document.note_level": (
        "văn bản ghi mức “{level}”, bộ tiêu chí cần một con số",
        "the document asks for the level “{level}”, the pack for a number",
    ),
    "document.note_mark": ("ô có chú thích ({mark}): {text}", "the cell has a note ({mark}): {text}"),
    "document.note_mark_alone": (
        "dòng hoặc cột có dấu ({mark}) mà không thấy chú thích của dấu này trong văn bản",
        "the row or the column has a mark ({mark}), and no note in the document explains it",
    ),
    "document.note_blank": ("ô trống", "the cell is empty"),
    "document.note_dash": (
        "ô có dấu gạch mà văn bản không nói nghĩa là gì",
        "the cell has a dash, and the document does not say what it means",
    ),
    "document.note_not_asked": (
        "văn bản không quy định nội dung này ở đây, bộ tiêu chí thì có",
        "the document asks nothing here, the pack does",
    ),
    "document.note_not_a_finding": (
        "bộ tiêu chí để cơ quan phụ trách kết luận, văn bản không ghi “Đạt”",
        "the pack leaves this to the agency in charge, the document does not say “Đạt”",
    ),
    "document.note_met_for_value": (
        "văn bản ghi “Đạt”, bộ tiêu chí cần một mức",
        "the document says “Đạt”, the pack asks for a level",
    ),
    "document.note_which_value": (
        "không chắc số nào trong ô là của con số này",
        "it is not certain which value of the cell is this figure",
    ),
    "document.note_by_column": (
        "văn bản quy định khác nhau theo cột, bộ tiêu chí thì một mức chung",
        "the document asks different levels by column, the pack one for all",
    ),
    "document.note_columns": (
        "không hiểu cột “{names}”; mức ở đây có thể nằm trong cột đó, không phải ở cột chung",
        "the column “{names}” is not understood; the level may stand there, not in the common column",
    ),
    "document.note_sign": (
        "dấu trong văn bản là {written}, trong bộ tiêu chí là {sign}",
        "the document's sign is {written}, the pack's {sign}",
    ),
    "document.note_no_sign": (
        "văn bản không ghi dấu, bộ tiêu chí có dấu {sign}",
        "the document has no sign, the pack has {sign}",
    ),
    "document.note_multiple": (
        "bộ tiêu chí tính mức này từ một bộ khác",
        "the pack derives this level from another set",
    ),
    "document.note_share": (
        "{value} không có đơn vị: có thể là {value} {unit} hoặc một tỷ lệ phần đơn vị",
        "{value} has no unit: it may be {value} {unit} or a fraction of one",
    ),
    "document.note_other_row": (
        "dòng {code} có lời của chỉ tiêu {other}: “{text}”",
        "row {code} has the wording of indicator {other}: “{text}”",
    ),
    "document.note_order": (
        "các chữ “{words}” của dòng đứng theo thứ tự khác lời của bộ tiêu chí: “{text}”",
        "the words “{words}” of the row stand in another order than in the set: “{text}”",
    ),
    "document.note_other_criterion": (
        "dòng có mã {code} nhưng ghi tiêu chí “{name}”, không phải “{own}”",
        "the row has the code {code}, but names the criterion “{name}”, not “{own}”",
    ),
    "document.note_wording": (
        "lời của dòng {code} chỉ giống {score}%: “{text}”",
        "the wording of row {code} is only {score}% alike: “{text}”",
    ),
    "document.note_repeated": (
        "mã {code} có ở nhiều dòng, mỗi dòng một mức",
        "the code {code} stands in several rows, with different levels",
    ),
    "document.note_turned": (
        "chưa chắc là chỉ tiêu này: “{words}” chỉ có ở một bên; lời của dòng là “{text}”",
        "not certainly this indicator: only one of the two wordings has “{words}”; the row reads “{text}”",
    ),
}
