-- Families of models with the sizes that papers name.
SELECT model, count(DISTINCT paper_id) AS papers, min(value_min) AS smallest, max(value_max) AS largest,
       list_sort(list(DISTINCT value_min)) AS sizes
FROM model_sizes
WHERE model IS NOT NULL AND kind = 'total'
GROUP BY model
ORDER BY papers DESC, largest DESC, model
LIMIT 30
