-- Results reported over the hundred datasets that most results name (two at least), best first for each measure, fifty of each at most.
SELECT dataset, metric, kind, value_min, value_max, comparator, unit, higher_is_better, text, title, paper_id
FROM metrics_in_context
WHERE dataset IN (SELECT dataset FROM metrics GROUP BY dataset HAVING count(*) >= 2 ORDER BY count(*) DESC, dataset LIMIT 100)
QUALIFY row_number() OVER (PARTITION BY dataset, kind, metric, unit
                           ORDER BY CASE WHEN higher_is_better IS FALSE THEN value_max ELSE -value_max END, paper_id, start) <= 50
ORDER BY dataset, kind, metric NULLS LAST, unit,
         CASE WHEN higher_is_better IS FALSE THEN value_max ELSE -value_max END, paper_id, start
