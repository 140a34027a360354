import type { MeshCall } from './reported-access';

/** The construct and the file; a line would change with every line above it. */
export function declaredText({ declaredIn, declaredAt }: Pick<MeshCall, 'declaredIn' | 'declaredAt'>): string {
  const file = declaredAt?.replace(/:\d+:\d+$/, '');
  return file === undefined ? declaredIn : `${declaredIn} (${file})`;
}
