const FORMS = [
  /\$\{[^}]*\}/,
  /\$\([A-Za-z_]\w*\)/,
  /\$[A-Z_][A-Z0-9_]*/,
  /\{\{.*?\}\}/,
  /<[A-Za-z][\w .-]*>/,
  /%[A-Z_][A-Z0-9_]*%/,
  /@[A-Z_][A-Z0-9_]*@/,
];

/** What somebody was to fill in and has not, such as `${NAME}` for envsubst. */
export function placeholderIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return FORMS.map((form) => form.exec(value)?.[0]).find((found) => found !== undefined);
}

/** What to do about one. */
export function fillInFix(placeholder: string): string {
  return `fill in ${placeholder} first, and pass what comes of it`;
}
