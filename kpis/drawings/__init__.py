"""What pages draw of judged months: `charts` of one KPI and its signals, the rows of the `matrix`."""

from kpis.drawings.charts import Drawn, history_charts, points_of, signal_charts, signal_drawing
from kpis.drawings.matrix import matrix_rows

__all__ = ["Drawn", "history_charts", "matrix_rows", "points_of", "signal_charts", "signal_drawing"]
