/**
 * The kinds of declaration that this library reads itself.
 *
 * @since 0.1.0
 */
export type DeclarationKind = 'script' | 'pylock' | 'uv' | 'poetry' | 'pipenv' | 'pdm' | 'pyproject';
