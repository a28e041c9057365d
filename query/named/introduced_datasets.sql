-- The papers that introduce a dataset or benchmark, with a link if they give one.
SELECT d.dataset, p.title, any_value(l.url) AS url
FROM (SELECT DISTINCT paper_id, dataset FROM datasets WHERE introduced) AS d
JOIN papers AS p USING (paper_id)
LEFT JOIN (SELECT paper_id, min(url) AS url FROM repo_links GROUP BY paper_id) AS l USING (paper_id)
GROUP BY d.dataset, p.title
ORDER BY d.dataset, p.title
