"""Dataframes."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Frames
    "error.frame_clash": (
        "{pack}: “{one}” và “{other}” cùng cần cột “{column}”",
        "{pack}: “{one}” and “{other}” would both be the column “{column}”",
    ),
    "error.frame_no_column": ("không có cột “{column}”. {near}", "there is no column “{column}”. {near}"),
    "error.frame_duplicate": (
        "có nhiều cột cùng tên “{column}”; hãy đổi tên hoặc bỏ bớt",
        "several columns have the name “{column}”; rename or drop all but one",
    ),
    "error.frame_dot": (
        "Spark không gọi được cột có dấu chấm trong tên, như “{column}”; hãy đổi tên",
        "Spark cannot address a column with a dot in its name, such as “{column}”; rename it",
    ),
    "error.frame_unknown": (
        "không bộ tiêu chí nào dùng cột “{column}”. {near} Nếu chỉ để đi kèm, hãy nêu cột trong keep hoặc ghi "
        'unknown_columns="ignore"',
        "no pack reads the column “{column}”. {near} If it only accompanies the units, name it in keep or say "
        'unknown_columns="ignore"',
    ),
    "error.frame_no_frame": (
        "cần một bảng dữ liệu (pandas, polars, pyarrow, DuckDB, PySpark, Dask); nhận được {kind}",
        "expected a dataframe (pandas, polars, pyarrow, DuckDB, PySpark, Dask); got {kind}",
    ),
    "error.frame_lazy": (
        "cột kiểu {kind} phải đọc từng ô, không làm được trên bảng chưa tính; hãy đổi cột sang kiểu {wanted}, hoặc tính bảng "
        "trước",
        "a column of {kind} must be read cell by cell, which a lazy frame does not allow; cast it to {wanted}, or collect "
        "the frame first",
    ),
    "frame.kind.day": ("ngày (date)", "days (date)"),
    "frame.kind.number": ("số (double, integer)", "numbers (double, integer)"),
    "frame.kind.text": ("chữ (string)", "texts (string)"),
    "error.frame_plan_without": (
        "phương án được chuẩn bị cho bảng có cột “{column}”, bảng này không có. {near} Nếu bảng có các cột khác, hãy gọi "
        "prepare lại cho bảng này",
        "the plan was prepared for frames with the column “{column}”, which this one has not. {near} For other columns, "
        "call prepare again",
    ),
    "error.frame_plan_beside": (
        "phương án được chuẩn bị cho bảng không có cột “{column}”. {near} Hãy gọi prepare lại cho bảng này",
        "the plan was prepared for frames without the column “{column}”. {near} Call prepare again for this one",
    ),
    "error.frame_plan_kind": (
        "phương án được chuẩn bị với cột “{column}” kiểu {wanted}, bảng này có kiểu {kind}. Hãy đổi kiểu cột hoặc gọi "
        "prepare lại",
        "the plan was prepared with {wanted} in the column “{column}”, and this frame has {kind}. Cast the column or call "
        "prepare again",
    ),
    "error.frame_raise": (
        'bảng chưa tính không báo lỗi từng ô được; hãy để invalid="mark" hoặc tính bảng trước',
        'a lazy frame cannot refuse a cell; leave invalid="mark", or collect the frame first',
    ),
    "error.frame_wide": (
        'shortfalls và reasons là các cột của dạng output="wide"',
        'shortfalls and reasons are columns of output="wide"',
    ),
    "error.frame_dtype": (
        "cột kiểu {kind} không chứa được số liệu “{wanted}”",
        "a column of {kind} cannot hold the measure “{wanted}”",
    ),
    "error.frame_cell": (
        "dòng {row} (tính từ 0), cột “{column}”: {problem}",
        "row {row} (counted from 0), column “{column}”: {problem}",
    ),
    "error.frame_value": ("không dùng được giá trị {text}", "the value {text} cannot be used"),
    "error.frame_more_children": (
        "số đơn vị đạt hoặc chưa rõ ({count}) nhiều hơn tổng số đơn vị ({total})",
        "more units meet the pack or are unknown ({count}) than there are ({total})",
    ),
    "error.frame_one_count": (
        "cột “{column}” đứng một mình; tỷ lệ theo hai số cần cả {name}.numerator (tử số) và {name}.denominator (mẫu số)",
        "the column “{column}” stands alone; a share of two counts needs both {name}.numerator and {name}.denominator",
    ),
    "error.frame_counts_lazy": (
        "cột “{column}”: bảng chưa nạp vào bộ nhớ không ghép được tử số với mẫu số; hãy nạp bảng trước (collect, fetch), hoặc "
        "tự tính cột {name} theo %",
        "the column “{column}”: a frame that is not in memory cannot join two counts; load it first (collect, fetch), or "
        "make a column {name} in per cent",
    ),
    "error.frame_code": (
        "cột có kiểu số thập phân, không phải kiểu của mã đơn vị; hãy đọc cột này dưới dạng chữ (dtype=str)",
        "the column is of a type for decimals, which codes are not; read it as texts (dtype=str)",
    ),
    "error.frame_place": (
        "bộ tiêu chí không áp dụng cho {name} “{text}”",
        "the pack does not apply to the {name} “{text}”",
    ),
    "error.frame_day": (
        "ngày {day} nằm ngoài thời gian hiệu lực ({start} – {end}); để dòng ấy ở bảng riêng và nêu bộ tiêu chí áp dụng "
        "ngày đó (id@giai đoạn)",
        "{day} is outside the time of validity ({start} to {end}); put that row into a frame of its own and name the "
        "edition for its day (id@period)",
    ),
    "error.frame_digits": (
        "“{text}” có nhiều chữ số hơn một cột số giữ được chính xác ({limit})",
        "“{text}” has more digits than a column of numbers holds exactly ({limit})",
    ),
    "error.frame_as_of": (
        "chưa biết thời điểm số liệu; hãy cho as_of hoặc cột as_of",
        "the date of the figures is missing; give as_of, or a column as_of",
    ),
    "error.frame_level": (
        "{pack} áp dụng cho nhiều cấp ({levels}); hãy cho level hoặc cột level",
        "{pack} applies to several levels ({levels}); give level, or a column level",
    ),
    "error.frame_no_level": (
        "không có cấp nào mà các bộ tiêu chí này cùng áp dụng: {packs}",
        "there is no level to which these packs all apply: {packs}",
    ),
    "error.frame_twice": (
        "“{name}” vừa được cho chung vừa có trong cột “{column}”; chỉ để một",
        "“{name}” is given for all rows and also stands in the column “{column}”; keep one of them",
    ),
    "error.frame_never": (
        "không có ngày nào các bộ tiêu chí này cùng có hiệu lực: {packs}",
        "there is no day on which these packs are in force together: {packs}",
    ),
    "error.frame_children_twice": (
        "{level}: các đơn vị trực thuộc vừa được liệt kê trong bảng con vừa được đếm trong cột “{column}”; chỉ để một",
        "{level}: the children are listed in a frame of children and also counted in the column “{column}”; keep one",
    ),
    "error.frame_child_column": (
        "bảng đơn vị trực thuộc thiếu cột “{column}”. {near}",
        "the frame of children has no column “{column}”. {near}",
    ),
    "error.frame_child_kind": (
        "bảng đơn vị trực thuộc là {given}, bảng chính là {wanted}; hãy dùng cùng một loại",
        "the frame of children is of {given}, the frame itself of {wanted}; use one kind for both",
    ),
    "error.frame_no_id": (
        'bảng không có cột mã đơn vị (id); hãy nêu cột trong columns={{"id": ...}}',
        'the frame has no column of unit ids (id); name it in columns={{"id": ...}}',
    ),
    "error.frame_rows": (
        "có {count} dòng của đơn vị “{unit}”, không phải một. {near}",
        "there are {count} rows of the unit “{unit}”, not one. {near}",
    ),
    "error.frame_taken": (
        "cột giữ lại “{column}” trùng tên với một cột kết quả; hãy đổi tên",
        "the column kept, “{column}”, has the name of a column of the answer; rename it",
    ),
    "error.frame_no_packs": ("chưa có bộ tiêu chí nào", "no pack was given"),
    "error.frame_one_title": (
        "{one} và {other} cùng xét danh hiệu “{title}”; mỗi danh hiệu chỉ một bộ tiêu chí",
        "{one} and {other} are both about the title “{title}”; give one pack for each title",
    ),
    "error.scenario_kind": (
        'phương án “{scenario}”: cần ngưỡng theo mã chỉ tiêu, mã và tên phương án viết là chữ như {{"10": "60"}}, '
        "hoặc một bộ tiêu chí; nhận được {given}",
        "scenario “{scenario}”: expected thresholds by code, with codes and names of scenarios as texts, as in "
        '{{"10": "60"}}, or a pack; got {given}',
    ),
    "error.scenario_code": (
        "chỉ tiêu {code} của {pack} so {count} số liệu với ngưỡng; một phương án chỉ đổi được ngưỡng của chỉ tiêu có "
        "đúng một số liệu",
        "indicator {code} of {pack} compares {count:measure|measures} with thresholds; a scenario can only move the threshold "
        "of an indicator that compares exactly one",
    ),
    "error.scenario_unit": (
        "phương án “{scenario}”, chỉ tiêu {code}: {problem}",
        "scenario “{scenario}”, indicator {code}: {problem}",
    ),
    "frame.progress": ("đơn vị", "units"),
}
