-- The largest claimed gains in efficiency whose paper links to code.
SELECT s.factor_max AS ratio, s.aspect, s.text AS claim, p.title, l.url
FROM speedups AS s
JOIN papers AS p USING (paper_id)
JOIN (SELECT paper_id, min(url) AS url FROM repo_links WHERE kind = 'code' GROUP BY paper_id) AS l USING (paper_id)
WHERE s.direction = 'gain'
ORDER BY s.factor_max DESC NULLS LAST, p.title
LIMIT 20
