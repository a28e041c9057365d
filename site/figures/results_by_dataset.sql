-- Results reported over datasets that two results or more name, best first for each measure.
SELECT dataset, metric, kind, value_min, value_max, comparator, unit, higher_is_better, text, title, paper_id
FROM metrics_in_context
WHERE dataset IN (SELECT dataset FROM metrics GROUP BY dataset HAVING count(*) >= 2)
ORDER BY dataset, kind, metric NULLS LAST, unit,
         CASE WHEN higher_is_better IS FALSE THEN value_max ELSE -value_max END, paper_id
