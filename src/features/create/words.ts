/** Takes a number of cores and returns "1 core", "4 cores". */
export function coresInWords(cores: number): string {
  return cores === 1 ? '1 core' : `${cores} cores`
}

/** Takes a number of machines and returns "1 machine", "5 machines". */
export function machinesInWords(count: number): string {
  return count === 1 ? '1 machine' : `${count} machines`
}
