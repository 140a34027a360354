/** As protobuf writes a duration in JSON, which all of Istio's readers take. */
export function seconds(ms: number): string {
  return `${ms / 1000}s`;
}

/** As Gateway API writes one: whole numbers of at most five digits with a unit each. */
export function gatewayDuration(ms: number): string {
  const rest = ms % 1000;
  const whole = (ms - rest) / 1000;
  const hours = whole > 99_999 ? Math.floor(whole / 3600) : 0;
  const parts = [
    [hours, 'h'],
    [whole - hours * 3600, 's'],
    [rest, 'ms'],
  ] as const;
  const said = parts.filter(([amount]) => amount > 0);
  return said.length > 0 ? said.map(([amount, unit]) => `${amount}${unit}`).join('') : '0s';
}
