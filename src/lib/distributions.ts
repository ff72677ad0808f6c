/** Whether a distribution is a Windows, by BigV's names: winweb2k8r2, winstd2012 (API reference, "Definitions"). */
export function isWindows(distribution: string): boolean {
  return distribution.startsWith('win')
}
