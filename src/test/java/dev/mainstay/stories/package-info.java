/** Stories as text: a world, what happens in it, and what must follow. The language is explained in docs/stories.md. */
package dev.mainstay.stories;
