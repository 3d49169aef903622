/// What runs beside the cluster as long as it lives: names, volumes, and the way in from outside.
@NullMarked
package dev.partita.kube.agent;

import org.jspecify.annotations.NullMarked;
