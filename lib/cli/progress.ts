import type { Spinner } from 'yocto-spinner' with { 'resolution-mode': 'import' };

let spinner: Spinner | undefined;

/** Shows on a terminal what is being done, until it ends; pipes and jobs of CI see nothing of it. */
export async function beginProgress(text: string): Promise<void> {
  if (!process.stderr.isTTY || process.env.CI !== undefined) return;
  const { default: newSpinner } = await import('yocto-spinner');
  spinner = newSpinner({ text }).start();
}

/** Says what is done now. */
export function nowDoing(text: string): void {
  if (spinner) spinner.text = text;
}

export function endProgress(): void {
  spinner?.stop();
  spinner = undefined;
}
