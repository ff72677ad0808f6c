const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

/** True for a URL on this computer, because tests may safely change a local target's data. */
export const isLoopbackUrl = (url: string): boolean => loopback.test(new URL(url).hostname)
