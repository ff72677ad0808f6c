const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

/** Whether a URL is of this computer, where nothing that is written can do harm. */
export const isLoopbackUrl = (url: string): boolean => loopback.test(new URL(url).hostname)
