-- Claims of efficiency as ratios, by the resource that they are about. Losses (more of the resource) are told apart.
SELECT aspect, direction, factor_min, factor_max, comparator, text, title, paper_id
FROM speedups_in_context
WHERE factor_max IS NOT NULL
ORDER BY aspect, factor_max DESC, paper_id
