/// The programs that a cluster is made of: what is there, what is built, what is installed.
@NullMarked
package dev.partita.kube.tools;

import org.jspecify.annotations.NullMarked;
