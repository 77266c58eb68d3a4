"""The command line: its help, and calls that cannot be understood."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "cli.about": (
        "Xét một đơn vị có đạt các tiêu chí pháp luật đặt ra hay không, và giải thích vì sao.",
        "Decide, and explain, whether a unit meets the criteria set for it by law.",
    ),
    "cli.exit_codes": (
        "Mã thoát: 0 đạt tất cả, 1 có nội dung chưa đạt, 2 lệnh gọi sai hoặc có dữ liệu bị từ chối, 3 còn nội dung chưa xác định.",
        "Exit codes: 0 all met, 1 something not met, 2 bad usage or some input refused, 3 undetermined.",
    ),
    "cli.usage": ("cách dùng:", "usage:"),
    "cli.example": ("ví dụ: {example}", "example: {example}"),
    "cli.commands": ("các lệnh", "commands"),
    "cli.command": ("LỆNH", "COMMAND"),
    "cli.positionals": ("nội dung phải cho", "arguments"),
    "cli.options": ("tuỳ chọn", "options"),
    "cli.help": ("in hướng dẫn này rồi thôi", "show this help and exit"),
    "cli.version": ("in phiên bản rồi thôi", "show the version and exit"),
    "cli.lang": (
        "ngôn ngữ của nội dung in ra: vi hoặc en (mặc định vi)",
        "language of what is printed: vi or en (default vi)",
    ),
    # The commands.
    "cli.evaluate": (
        "đánh giá mọi bộ số liệu trong các tệp hoặc thư mục theo một bộ tiêu chí",
        "judge every snapshot of some files or folders against a pack",
    ),
    "cli.template": (
        "ghi biểu nhập liệu của một bộ tiêu chí, để cán bộ điền rồi đánh giá",
        "write a form for a pack that an officer fills in and evaluate reads back",
    ),
    "cli.report": (
        "đánh giá một hồ sơ (thư mục có dossier.yaml) hoặc các tệp số liệu, và ghi báo cáo",
        "assess a dossier (a folder with dossier.yaml) or files of facts, and write a report",
    ),
    "cli.read": (
        "đọc biểu nguyên dạng của cơ quan thành bộ số liệu",
        "read an agency's own tables, as they are, into snapshots",
    ),
    "cli.read.files": ("biểu .xlsx .csv .docx, hoặc thư mục các biểu", "tables .xlsx .csv .docx, or folders of them"),
    "cli.read.layout": (
        "khuôn biểu: đọc theo tệp này nếu đã có, nếu chưa thì ghi khuôn đề nghị vào đây",
        "the layout: read by this file if it is there, else the proposed layout is written to it",
    ),
    "cli.read.units": (
        "danh mục đơn vị (.csv, .xlsx); mặc định: danh mục cả nước",
        "a register of units (.csv, .xlsx); default: the country's",
    ),
    "cli.read.province": ("tỉnh của các đơn vị: tên hoặc mã", "the province of the units: its name or code"),
    "cli.read.region": ("vùng của các đơn vị", "the region of the units"),
    "cli.read.level": ("cấp của các đơn vị", "the level of the units"),
    "cli.read.unit": ("đơn vị mà biểu nói về: tên hoặc mã", "the unit the table is about: its name or code"),
    "cli.read.as_of": ("ngày của số liệu, nếu biểu không ghi", "the day of the figures, where the table gives none"),
    "cli.read.format": (
        "text: in cách hiểu, -o ghi bộ số liệu; html, xlsx: -o ghi chính biểu đó, từng ô có màu và cách đọc",
        "text: how it was understood, -o writes the snapshots; html, xlsx: -o writes the table itself, each cell coloured and with its reading",
    ),
    "cli.read.output": ("tệp sẽ ghi", "the file to write"),
    "cli.units": ("danh mục đơn vị hành chính", "registers of administrative units"),
    "cli.units.show": (
        "một đơn vị, và nó đã thành đơn vị nào sau 01/7/2025",
        "a unit, and what became of it on 1 July 2025",
    ),
    "cli.units.name": ("tên hoặc mã đơn vị", "a unit's name or code"),
    "cli.demo": (
        "đánh giá một tỉnh có thật (Hà Tĩnh, tháng 8/2023) và giải thích kết quả; --year 2026: bộ tiêu chí đang áp dụng",
        "assess a real province (Hà Tĩnh, August 2023) and explain it; --year 2026: the sets in force today",
    ),
    "cli.serve": (
        "chạy dịch vụ HTTP trên máy này (cần gói service)",
        "run the service over HTTP on this machine (needs the extra service)",
    ),
    "cli.name.host": ("ĐỊA_CHỈ", "ADDRESS"),
    "cli.name.port": ("CỔNG", "PORT"),
    "cli.host": (
        "địa chỉ lắng nghe (mặc định 127.0.0.1: chỉ máy này)",
        "address to listen at (default 127.0.0.1: this machine alone)",
    ),
    "cli.port": ("cổng (mặc định 8017)", "port (default 8017)"),
    "serve.at": (
        "Dịch vụ chạy ở {url} (mô tả: {url}/openapi.json); bấm Ctrl+C để dừng",
        "The service runs at {url} (described at {url}/openapi.json); Ctrl+C stops it",
    ),
    "error.request_too_large": (
        "yêu cầu lớn hơn {limit} byte là mức nhiều nhất được nhận",
        "the request is larger than the {limit} bytes that are taken",
    ),
    "error.request_too_slow": (
        "yêu cầu mất hơn {seconds} giây nên đã dừng; hãy chia nhỏ ra",
        "the request took more than {seconds} seconds and was ended; ask for less at a time",
    ),
    "error.request_units": (
        "một lần đánh giá nhiều nhất {limit} đơn vị, yêu cầu này có {count}",
        "at most {limit} units are judged at a time; this request has {count}",
    ),
    "error.upload_name": (
        "tên tệp không hợp lệ; cần tên có phần mở rộng, ví dụ name=xa.xlsx",
        "this is no file name; give one with its ending, as in name=xa.xlsx",
    ),
    "error.service_failed": (
        "dịch vụ gặp lỗi của chính nó; lỗi đã được ghi lại",
        "the service met a fault of its own; it has been logged",
    ),
    "cli.packs": ("các bộ tiêu chí đã cài, và việc với bộ tiêu chí", "what is installed, and work on packs"),
    "cli.packs.list": ("các bộ tiêu chí đã cài", "the installed packs"),
    "cli.packs.show": ("toàn văn một bộ tiêu chí, dạng Markdown", "a pack in full, as Markdown"),
    "cli.packs.audit": (
        "các con số của bộ tiêu chí đã được kiểm tra đến đâu",
        "how far the figures of packs were verified",
    ),
    "cli.packs.test": ("chạy các tình huống kèm theo bộ tiêu chí", "run situations beside the packs"),
    "cli.packs.lint": ("tìm lỗi trong các bộ tiêu chí", "look for mistakes in packs"),
    "cli.packs.schema": (
        "in JSON Schema của tệp bộ tiêu chí, để trình soạn thảo gợi ý và kiểm tra",
        "print the JSON Schema of a pack file, for editors to complete and check by",
    ),
    "cli.packs.compare": (
        "hai bộ tiêu chí khác nhau ở đâu, và bộ thứ nhất có ít nhất cũng chặt như bộ thứ hai không",
        "what differs between two packs, and whether the first is at least as strict",
    ),
    "cli.packs.worksheet": (
        "ghi mọi con số của một bộ tiêu chí vào sổ tính, để đối chiếu với quyết định",
        "list every figure of a pack in a workbook, to be checked against the decision",
    ),
    "cli.packs.apply": (
        "lập bộ tiêu chí phủ từ phiếu kiểm tra đã điền",
        "turn a filled worksheet into an overlay pack",
    ),
    "cli.packs.read": (
        "đọc tệp của một quyết định và đối chiếu với bộ tiêu chí, ra phiếu đã điền hoặc trang xem",
        "read a decision's file and hold it against a pack: a filled worksheet, or a page",
    ),
    "cli.packs.draft": (
        "lập dự thảo bộ tiêu chí từ tệp của một quyết định",
        "draft a pack from a decision's file",
    ),
    "cli.packs.bundle": (
        "đóng gói các bộ tiêu chí phủ để nơi khác cài được",
        "make an installable package of overlays",
    ),
    # What they are given.
    "cli.name.document": ("VĂN_BẢN", "DOCUMENT"),
    "cli.name.states": ("TRẠNG_THÁI", "STATES"),
    "cli.name.person": ("TÊN", "NAME"),
    "cli.document": (
        "tệp của quyết định: .docx .html .pdf .xlsx",
        "the decision's file: .docx .html .pdf .xlsx",
    ),
    "cli.workbook_or_page": ("phiếu .xlsx hoặc trang .html sẽ ghi", "the .xlsx worksheet or .html page to write"),
    "cli.reading_format": (
        "xlsx là phiếu đối chiếu, html là trang xem (mặc định theo tên tệp)",
        "xlsx is the worksheet, html the review page (default: by the name of the file)",
    ),
    "cli.accept": (
        "trạng thái chấp nhận không đối chiếu từng dòng: agrees, hoặc agrees,new",
        "states accepted without a look at each row: agrees, or agrees,new",
    ),
    "cli.name.annex": ("PHỤ_LỤC", "ANNEX"),
    "cli.draft_id": ("mã của bộ tiêu chí mới, như nghean/commune", "id of the new pack, as nghean/commune"),
    "cli.annex": (
        "phụ lục cần lấy (mặc định: phụ lục đầu tiên có bảng tiêu chí)",
        "the annex to take (default: the first with a table of criteria)",
    ),
    "cli.read_annex": (
        "phụ lục cần đối chiếu (mặc định: phụ lục của bộ tiêu chí, theo tên và nội dung)",
        "the annex to hold against the pack (default: the pack's own, by its title and contents)",
    ),
    "cli.draft_page": (
        "ghi thêm trang .html để xem bảng cạnh dự thảo",
        "also write a page that shows the table beside the draft",
    ),
    "cli.bundled": ("tệp .yaml của các bộ tiêu chí", "the .yaml files of the packs"),
    "cli.bundle": ("thư mục gói sẽ ghi", "the folder of the package to write"),
    "cli.by": ("tên người đối chiếu", "who checks the figures"),
    "cli.another_decision": (
        "vẫn đối chiếu khi văn bản là quyết định hoặc giai đoạn khác",
        "go on where the document is another decision or of another period",
    ),
    "cli.name.file": ("TỆP", "FILE"),
    "cli.name.folder": ("THƯ_MỤC", "FOLDER"),
    "cli.name.pack": ("BỘ_TIÊU_CHÍ", "PACK"),
    "cli.name.first": ("BỘ_THỨ_NHẤT", "FIRST"),
    "cli.name.second": ("BỘ_THỨ_HAI", "SECOND"),
    "cli.name.worksheet": ("PHIẾU", "WORKSHEET"),
    "cli.name.id": ("MÃ", "ID"),
    "cli.files": (
        "bộ số liệu: .yaml .json .csv .xlsx, hoặc thư mục chứa chúng",
        "snapshots: .yaml .json .csv .xlsx, or folders of them",
    ),
    "cli.pack": (
        "mã bộ tiêu chí (vn/commune, vn/commune@2021-2025) hoặc tệp .yaml",
        "pack id (vn/commune, vn/commune@2021-2025) or a pack file",
    ),
    "cli.packs_or_all": ("mã hoặc tệp bộ tiêu chí (mặc định: mọi bộ đã cài)", "pack ids or files (default: all)"),
    "cli.situations_in": (
        "tệp hoặc thư mục tình huống (mặc định: của mọi bộ đã cài)",
        "files or folders of situations (default: those of all installed packs)",
    ),
    "cli.format": ("cách trình bày kết quả (mặc định text)", "how the result is written (default text)"),
    "cli.trust": (
        "chỉ dùng con số đã kiểm tra đến mức này trở lên (mặc định recalled)",
        "use only figures verified at least so far (default recalled)",
    ),
    "cli.numbers": (
        "cách ghi số trong các tệp: vi (1.897 là 1897) hay en (1.897 nhỏ hơn hai)",
        "how numbers are written in the files: vi (1.897 is 1897) or en (1.897 is less than two)",
    ),
    "cli.ignore_unknown": ("bỏ qua số liệu không bộ tiêu chí nào biết", "pass over measures no pack knows"),
    "cli.with_remedy": ("in cả những thay đổi ít nhất để đạt", "also print the least that would have to change"),
    "cli.report_file": (
        "tệp báo cáo sẽ ghi: .html, .xlsx, .docx (thư), .json, .jsonl, .csv, .txt, .md",
        "the report to write: .html, .xlsx, .docx (a letter), .json, .jsonl, .csv, .txt, .md",
    ),
    "cli.force": ("ghi đè tệp đã có", "write over a file that is there"),
    "cli.workbook": ("sổ tính .xlsx sẽ ghi", "the .xlsx workbook to write"),
    "cli.name.province": ("TỈNH", "PROVINCE"),
    "cli.name.region": ("VÙNG", "REGION"),
    "cli.name.group": ("NHÓM", "GROUP"),
    "cli.name.day": ("NGÀY", "DAY"),
    "cli.name.level": ("CẤP", "LEVEL"),
    "cli.name.unit": ("ĐƠN_VỊ", "UNIT"),
    "cli.name.title": ("TIÊU_ĐỀ", "TITLE"),
    "cli.template_units": (
        "danh mục đơn vị (.csv, .xlsx): các đơn vị thuộc cấp của bộ tiêu chí; trong biểu nhập liệu mỗi đơn vị một tờ, hoặc một dòng",
        "a register of units (.csv, .xlsx): those of the pack's level; in a form each has a sheet, or a row",
    ),
    "cli.template_province": (
        "mã tỉnh, ví dụ hatinh; vùng suy ra từ tỉnh",
        "the province, e.g. hatinh; it settles the region",
    ),
    "cli.template_region": (
        "vùng, ví dụ btb: chỉ in mức yêu cầu của vùng ấy",
        "the region, e.g. btb: only the values required there are shown",
    ),
    "cli.template_group": (
        "nhóm xã, ví dụ nhom1: chỉ in mức yêu cầu của nhóm ấy",
        "the group of communes, e.g. nhom1: only the values required of it are shown",
    ),
    "cli.template_layout": (
        "sheets: mỗi đơn vị một tờ; units: một bảng, mỗi đơn vị một dòng",
        "sheets: a sheet for each unit; units: one table, a row for each",
    ),
    "cli.template_as_of": (
        "ngày đánh giá: chỉ in mức yêu cầu có hiệu lực ngày ấy; biểu nhập liệu không ghi ngày thì in mức của hôm nay",
        "the day of assessment: only the values in force that day are shown; a form without it shows today's",
    ),
    "cli.evaluate_output": (
        "tệp kết quả; đuôi tệp chọn dạng: .txt, .md, .json, .html, .csv, .xlsx, .docx",
        "the file to write; its ending chooses the format: .txt, .md, .json, .html, .csv, .xlsx, .docx",
    ),
    "cli.report_files": (
        "một hồ sơ (thư mục có dossier.yaml), hoặc các tệp số liệu mà evaluate nhận",
        "a dossier (a folder with dossier.yaml), or any files of facts that evaluate takes",
    ),
    "cli.report_packs": (
        "bộ tiêu chí, khi không dùng hồ sơ; có thể ghi nhiều lần",
        "a pack, where there is no dossier; may be given several times",
    ),
    "cli.report_title": ("tiêu đề báo cáo", "the report's title"),
    "error.no_unit_of": (
        "danh sách không có đơn vị nào của {province}; có đơn vị của: {names}. Hãy xem lại tên tỉnh hoặc chọn danh sách khác",
        "the register has no unit of {province}; it has units of: {names}. Check the province, or give another register",
    ),
    "error.no_unit_for": (
        "{file} không có đơn vị nào thuộc cấp mà {pack} áp dụng",
        "{file} has no unit of a level that {pack} is for",
    ),
    "error.no_snapshot": ("không có bộ số liệu nào trong các tệp đã nêu", "the files named hold no snapshot"),
    "error.report_needs_pack": (
        "báo cáo từ tệp số liệu cần bộ tiêu chí: thêm --pack, ví dụ --pack vn/commune (hoặc dùng một hồ sơ: thư mục có dossier.yaml)",
        "a report on files of facts needs a pack: add --pack, e.g. --pack vn/commune (or use a dossier: a folder with dossier.yaml)",
    ),
    "error.output_kind": (
        "đuôi tệp “{ending}” không phải dạng ghi được; dùng: {names}",
        "“{ending}” is no format that can be written; use: {names}",
    ),
    "cli.open": (
        "mở trang trên máy này: kéo bảng hoặc quyết định vào, xem ô bị từ chối, sửa, đánh giá, tải báo cáo",
        "open the page on this computer: drop a table or a decision, see what is refused, fix it, assess, take the report",
    ),
    "cli.open_port": ("cổng; mặc định là một cổng còn trống", "the port; by default one that is free"),
    "cli.open_no_browser": ("không tự mở trình duyệt", "do not open the browser"),
    "cli.open_shortcut": ("chỉ tạo tệp nhấn đúp để mở trang", "only make a file to double-click that opens the page"),
    "cli.demo_full": ("in toàn văn, từng bộ tiêu chí và từng đơn vị", "print all of it, set by set and unit by unit"),
    "cli.demo_year": (
        "2023: kết quả thật của Hà Tĩnh, bộ tiêu chí 2021-2025; 2026: một tỉnh giả định, bộ tiêu chí đang áp dụng",
        "2023: the real results of Hà Tĩnh, sets of 2021-2025; 2026: a made-up province under the sets in force",
    ),
    "cli.other_dossier": ("hồ sơ khác", "another dossier"),
    "cli.filled": ("phiếu kiểm tra đã điền", "the filled worksheet"),
    "cli.overlay": ("tệp .yaml sẽ ghi", "the .yaml file to write"),
    "cli.worksheet_pack": (
        "bộ tiêu chí mà phiếu lập ra, nếu chưa cài và không nằm cạnh phiếu",
        "the pack the worksheet was written for, if it is not installed and does not lie beside the worksheet",
    ),
    "cli.overlay_id": ("mã của bộ tiêu chí phủ", "id of the overlay"),
    # Calls that cannot be understood.
    "cli.error": ("lỗi: {said}", "error: {said}"),
    "cli.required": ("còn thiếu: {names}", "missing: {names}"),
    "cli.one_required": ("phải cho một trong: {names}", "one of these is needed: {names}"),
    "cli.unrecognized": ("không hiểu: {names}", "not understood: {names}"),
    "cli.ambiguous": ("{given} có thể là {names}; hãy viết đủ", "{given} may be {names}; write it in full"),
    "cli.no_choice": ("{name}: không có “{given}”. {near}", "{name}: there is no “{given}”. {near}"),
    "cli.bad_value": ("{name}: không đọc được “{given}”", "{name}: “{given}” cannot be read"),
    "cli.not_together": ("{name} không dùng cùng {names}", "{name} does not go together with {names}"),
    "cli.takes_no_value": ("{name} không nhận giá trị (đã cho “{given}”)", "{name} takes no value (“{given}” given)"),
    "cli.value_missing": ("{name}: thiếu giá trị", "{name}: its value is missing"),
    "cli.not_understood": (
        "không hiểu lệnh gọi; xem hướng dẫn bằng --help",
        "the call is not understood; --help shows how",
    ),
    # What commands print.
    "cli.refused": (
        "{count} trên {total} bộ số liệu không đánh giá được, vì lý do nêu trên; các bộ còn lại đã đánh giá",
        "{count} of {total:snapshot|snapshots} could not be judged, for the reasons above; the others were",
    ),
    "cli.remedy": ("Để {unit} đạt:", "For {unit} to meet it:"),
    "cli.incomplete": ("mới nhập một phần", "partly transcribed"),
    "cli.situations": ("{total} tình huống, {failed} không khớp", "{total:situation|situations}, {failed} failed"),
}
