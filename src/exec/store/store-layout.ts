/** The layout of the store; another layout gets another folder, so that two versions never share one. */
export const LAYOUT = 'v4';
