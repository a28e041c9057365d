-- Everything that one paper says, with the text around it. Parameter: paper (its id, or words of its title).
WITH mentions AS (
    SELECT paper_id, section, start, "end", text, rule FROM model_sizes
    UNION ALL SELECT paper_id, section, start, "end", text, rule FROM speedups
    UNION ALL SELECT paper_id, section, start, "end", text, rule FROM datasets
    UNION ALL SELECT paper_id, section, start, "end", text, rule FROM repo_links
    UNION ALL SELECT paper_id, section, start, "end", text, rule FROM metrics
    UNION ALL SELECT paper_id, section, start, "end", text, rule FROM data_sizes
    UNION ALL SELECT paper_id, section, start, "end", text, rule FROM context_lengths
    UNION ALL SELECT paper_id, section, start, "end", text, rule FROM hardware
),
chosen AS (
    SELECT * FROM papers
    WHERE paper_id = $paper OR title ILIKE '%' || coalesce($paper, 'long-tailed recognition') || '%'
    ORDER BY title LIMIT 1
)
SELECT m.section, split_part(m.rule, '.', 1) AS field,
       substring(s.source, greatest(1, m.start::BIGINT - 39), least(40, m.start)) || '[' || m.text || ']'
         || substring(s.source, m."end" + 1, 40) AS evidence,
       m.rule
FROM mentions AS m
JOIN chosen AS p USING (paper_id),
LATERAL (SELECT CASE m.section WHEN 'title' THEN p.title ELSE p.abstract END AS source) AS s
ORDER BY m.section DESC, m.start
