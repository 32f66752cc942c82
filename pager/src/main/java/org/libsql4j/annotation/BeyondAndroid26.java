package org.libsql4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A small class or method that uses platform API which Android API level 26 lacks.
 *
 * <p>The build's signature check passes over what carries this. In return the caller must get by
 * without it: either it catches the {@link LinkageError} once and falls back to portable code, or
 * the feature cannot exist on Android.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.CONSTRUCTOR, ElementType.FIELD})
public @interface BeyondAndroid26 {}
