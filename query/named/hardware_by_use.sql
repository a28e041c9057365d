-- The devices that papers run on.
SELECT device, count(DISTINCT paper_id) AS papers, max(count) AS most
FROM hardware
GROUP BY device
ORDER BY papers DESC, device
