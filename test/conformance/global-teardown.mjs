import { rmSync } from 'node:fs';

export default function tearDown() {
  rmSync(process.env.CONFORMANCE_MANIFESTS, { recursive: true, force: true });
}
