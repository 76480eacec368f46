/** The layout of the store. Each layout has its own folder, so that two versions never share one. */
export const LAYOUT = 'v4';
