/** Takes a plan forward. What does it is loaded when the first plan needs it. */
export function driveLater(key: string): void {
  void import('./drive.ts').then(({ drive }) => drive(key))
}
