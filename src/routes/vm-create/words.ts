/** Takes a number of cores and returns "1 core", "4 cores". */
export function coresInWords(cores: number): string {
  return cores === 1 ? '1 core' : `${cores} cores`
}
