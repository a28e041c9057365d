-- The measures that papers report, with how many papers and datasets.
SELECT metric, count(*) AS results, count(DISTINCT paper_id) AS papers, count(DISTINCT dataset) AS datasets,
       any_value(higher_is_better) AS higher_is_better
FROM metrics
WHERE metric IS NOT NULL
GROUP BY metric
ORDER BY results DESC, metric
LIMIT 30
