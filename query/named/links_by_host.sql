-- Where papers link to, and for what.
SELECT host, kind, count(*) AS links, count(DISTINCT paper_id) AS papers
FROM repo_links
GROUP BY host, kind
ORDER BY links DESC, host, kind
