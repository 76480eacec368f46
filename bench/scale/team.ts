export const measureTeam = async (_: number): Promise<never> => Promise.reject(new Error('later'));
