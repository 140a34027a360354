/** As protobuf writes a duration in JSON, which all of Istio's readers take. */
export function seconds(ms: number): string {
  return `${ms / 1000}s`;
}

/** As Gateway API writes one: whole numbers with a unit each. */
export function gatewayDuration(ms: number): string {
  const rest = ms % 1000;
  const whole = (ms - rest) / 1000;
  return (whole > 0 || rest === 0 ? `${whole}s` : '') + (rest > 0 ? `${rest}ms` : '');
}
