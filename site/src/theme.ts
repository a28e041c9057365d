// Light, dark, or as the reader's system has it. The choice is kept in this browser.

const THEMES = ["automatic", "light", "dark"];

/** What runs in the page's head before anything is drawn; vite.config.ts puts it there. */
export const EARLY = `
  try {
    const theme = localStorage.getItem("paperfacts-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {}
  if (location.protocol === "file:") document.documentElement.dataset.file = "";
  if (/^#\\/?./.test(location.hash) && location.hash !== "#/" && !location.hash.startsWith("#/?")) document.documentElement.dataset.elsewhere = "";
`;

export function useThemes(button: HTMLButtonElement): void {
  const now = () => document.documentElement.dataset.theme ?? "automatic";
  const label = () => {
    button.textContent = `Theme: ${now()}`;
  };
  button.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(now()) + 1) % THEMES.length] as string;
    if (next === "automatic") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem("paperfacts-theme", next);
    } catch {
      // Without storage the choice holds for this page.
    }
    label();
  });
  label();
}
