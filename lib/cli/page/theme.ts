/** Changes between light and dark; until somebody does, the page is as the system wants it. */
export function themeSwitch(button: HTMLElement): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  let isDark = system.matches;
  const show = (): void => {
    button.setAttribute('aria-pressed', String(isDark));
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  };
  system.addEventListener('change', ({ matches }) => {
    isDark = matches;
    show();
  });
  button.addEventListener('click', () => {
    isDark = !isDark;
    show();
  });
  show();
}
