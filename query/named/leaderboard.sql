-- Levels reached per dataset and measure, best first. Parameters: dataset, metric (their usual names; all if not given).
SELECT m.dataset, m.metric, m.value_max AS value, m.unit, m.comparator,
       rank() OVER (PARTITION BY m.dataset, m.metric, m.unit
                    ORDER BY CASE WHEN m.higher_is_better IS FALSE THEN m.value_max ELSE -m.value_max END) AS place,
       p.title
FROM metrics AS m
JOIN papers AS p USING (paper_id)
WHERE m.kind = 'absolute' AND m.dataset IS NOT NULL AND m.metric IS NOT NULL
  AND ($dataset IS NULL OR lower(m.dataset) = lower($dataset))
  AND ($metric IS NULL OR lower(m.metric) = lower($metric))
ORDER BY m.dataset, m.metric, m.unit, place, p.title
