-- The datasets that most papers name, and how many of them introduce it.
SELECT dataset, count(DISTINCT paper_id) AS papers, count(*) AS mentions,
       count(DISTINCT paper_id) FILTER (WHERE introduced) AS introduced_by
FROM datasets
GROUP BY dataset
ORDER BY papers DESC, mentions DESC, dataset
LIMIT 30
