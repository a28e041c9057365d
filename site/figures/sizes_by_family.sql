-- Sizes of models of the sixteen families that most papers give a size for. A family is the name up to its first number.
WITH named AS (
    SELECT model_family(model) AS family, model, kind, value_min, value_max, text, paper_id, title,
           regexp_replace(model, '[\s_-]*[vV]?[0-9].*$', '') AS stem
    FROM model_sizes_in_context
    WHERE model IS NOT NULL
),
families AS (
    SELECT family, mode(CASE WHEN length(stem) < 2 THEN model ELSE stem END) AS label,
           count(*) AS mentions, count(DISTINCT paper_id) AS papers, max(value_max) AS largest
    FROM named
    GROUP BY family
    ORDER BY papers DESC, mentions DESC, family
    LIMIT 16
)
SELECT f.label AS family, n.model, n.value_min, n.value_max, n.kind, n.text, n.title, n.paper_id
FROM named AS n JOIN families AS f USING (family)
ORDER BY f.largest DESC, f.family, n.value_max DESC, n.paper_id
