# POSIX XCU printf. What is left open there, minish does as bash does.

#### a format without conversions is written as it is
printf 'a b'; printf 'c\n'

#### the format is used again while there are arguments
printf '%s-%s\n' a b c d e

#### a format without conversions is used once
printf 'a\n' b c

#### missing arguments are empty or 0
printf '<%s> <%b> <%d> <%x> <%.1f>\n'

#### an argument that is there may be empty
printf '<%s>' '' a ''

#### an empty number is 0
printf '%d %x %.1f\n' '' '' ''

#### an empty format writes nothing
printf ''; echo $?; printf '' a b; echo $?

#### printf needs a format
printf; echo $?
printf --; echo $?

#### two dashes end the options
printf -- '%s\n' -a; printf -- '-%s\n' b

#### a single dash is a format
printf - a; echo

#### what looks like an option is none that printf knows
printf -x 2>/dev/null; echo $?

#### escapes in the format
printf '\a\b\f\n\r\t\v\\' | od -An -tx1

#### octal escapes in the format have up to three digits
printf '\1\12\101\0101\60' | od -An -tx1

#### an octal escape keeps eight bits
printf '\377\400' | od -An -tx1

#### backslashes before other characters are kept
printf '\q\z\8\n'

#### a backslash at the end is kept
printf 'a\'; echo; printf '%b' 'a\'; echo

#### c is no escape in the format
printf 'a\cb\n'

#### hexadecimal escapes
## dash: has none
printf '\x41\x4a5\xfg\n'; printf '%b\n' '\x41'

#### escapes of characters, as in $'...'
## dash: has none
## bash: writes them in the C locale as they stand
printf '\u00e9\E\U1F600\u|' | od -An -tx1; printf '%b' '\u4' | od -An -tx1

#### the escape character has a letter
printf '\e' | od -An -tx1; printf '%b' '\e' | od -An -tx1

#### %s keeps backslashes and %b interprets them
printf '%s|%b\n' 'a\tb' 'a\tb'

#### octal escapes of %b
printf '%b' '\0101' '\101' '\0' '\07' '\018' | od -An -tx1

#### c in an argument of %b ends all output
printf 'a%bb%s\n' 'x\cy' z; echo; printf '%b' 1 '2\c' 3; echo

#### %b pads what it has made
printf '%5b|%-5b|%.2b|\n' 'a\tb' 'c\n' 'a\\b'

#### c in an argument of %b is padded before the end
printf '<%5b>' 'a\cb'

#### %s with widths and precisions
printf '%5s|%-5s|%.2s|%5.1s|%-4.3s|%.0s|%.s|\n' abc abc abc abc abc abc abc

#### %s counts bytes
printf '%5s|%.2s|%-4s|\n' ä äx ä

#### a width shorter than the text changes nothing
printf '%2s|%2d|\n' abcdef 123456

#### %c writes the first byte
printf '%c%c|%3c|%-3c|\n' abc def ghi jkl

#### %c of nothing is a NUL
printf '%c' '' | od -An -tx1; printf '%c' | od -An -tx1

#### two percent signs are one
printf '100%%\n'; printf '%%%s%%\n' a b

#### integers with signs
printf '%d %i %d %d %d\n' 1 -2 +3 -0 007

#### integers are octal after 0 and hexadecimal after 0x
printf '%d %d %d %d %d\n' 010 0x10 -0x1F 0XaB -017

#### unsigned conversions
printf '%u %o %x %X\n' 42 42 42 255 3000000000 8 3735928559 3735928559

#### negative numbers without a sign are in two's complement
printf '%u %x %o\n' -1 -1 -1

#### flags of integers
printf '%+d|% d|%+d|% d|%05d|%-5d|%#o|%#x|%#X|%+05d|%-05d|\n' 1 2 -3 -4 5 6 8 255 255 7 8

#### precision of integers
printf '%.3d|%6.3d|%-6.3d|%06.3d|%.0d|%.3x|\n' 5 5 5 5 0 10

#### width and precision from arguments
printf '%*d|%-*d|%.*f|%*.*s|\n' 5 1 5 2 2 3.14159 6 2 abcdef

#### a negative width from an argument is a flag
printf '%*d|%*s|\n' -5 1 -4 a

#### a negative precision from an argument is none
printf '%.*s|%.*d|\n' -1 abc -2 5

#### floating-point numbers
printf '%f %e %g %G\n' 1.5 1.5 1.5 1e-10; printf '%F %E %.0f %.3g %10.2f|%-10.1e|\n' 2 3e10 2.5 12345.678 3.14159 12345

#### flags of floating-point numbers
printf '%+f|% .1f|%08.2f|%#.0f|%#g|\n' 1 2 -3.5 4 5

#### hexadecimal floating-point numbers
printf '%a %A %.2a\n' 1 0.5 3.75

#### floating-point numbers in other notations
printf '%.2f %.2f %.2f %.2f\n' 0x10 1e2 .5 -1.

#### infinity and not a number
printf '%f %f %F %g %5.1f|\n' inf -inf inf nan infinity

#### a quote gives the value of a character
printf '%d %d %x %o %.1f\n' "'a" '"b' "'A" "'a" "'c"

#### a quote gives the value of a character of several bytes
## dash: gives that of a byte
printf '%d %x\n' "'ä" "'€"

#### a quote alone is 0
printf '%d %d\n' "'" '"'

#### what is not a number is 0 and an error
printf '%d\n' abc; echo $?; printf '%f\n' x; echo $?; printf '%x\n' -; echo $?

#### a number with something behind it is used as far as it goes
printf '%d\n' 12x; echo $?; printf '%d\n' 0x; echo $?; printf '%.1f\n' 1.5.5; echo $?

#### an octal number has no 8
printf '%d\n' 08; echo $?; printf '%d\n' 0178; echo $?

#### blanks are allowed before a number and not after it
printf '%d %d\n' ' 1' '	2'; echo $?; printf '%d\n' '3 '; echo $?

#### an error in a number does not end the output
printf '%d %s\n' x a 2 b; echo $?

#### what is out of range is the nearest number
## bash: status 0
printf '%d\n' 9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809; echo $?

#### what is out of range without a sign is the highest number
## bash: status 0
printf '%u\n' 18446744073709551615; echo $?; printf '%u %x\n' 18446744073709551616 99999999999999999999; echo $?

#### a floating-point number that is out of range is infinite
## bash: status 0
printf '%f\n' 1e400; echo $?

#### an unknown conversion ends the output
## dash: status 2
printf 'a%zb%yc\n' 1; echo $?; printf '%s %k\n' a b; echo $?

#### a conversion may not be missing
## dash: status 2
printf 'a%'; echo $?; printf '%5'; echo $?

#### flags before a percent sign make no sense
## dash: status 2
printf '%5%\n'; echo $?

#### lengths of types are ignored
## dash: does not know them
printf '%ld %lld %hd %lu %Lf\n' 1 2 3 4 5

#### numbered arguments
## dash: has none
## bash: has none
printf '%2$s %1$s %1$s\n' a b

#### numbered arguments with flags, width and precision
## dash: has none
## bash: has none
printf '%2$-5s|%1$05d|%1$.2f|%2$.1s|\n' 7 abc

#### widths may be numbered
## dash: has none
## bash: has none
printf '%1$*2$d|%1$.*2$d|\n' 7 4

#### a format with numbered arguments is used again for the rest
## dash: has none
## bash: has none
printf '%2$s %1$s\n' a b c d e

#### argument 0 is none
## dash: status 2
printf '%0$s\n' a; echo $?

#### -v puts the text into a variable
## dash: has no -v
printf -v x '%s-%03d' a 7; echo "<$x>"; printf -v x ''; echo "<$x>"

#### -v needs the name of a variable
## dash: has no -v
printf -v 1x a; echo $?

#### %q quotes for the shell
## dash: has none
printf '%q\n' a/b.c ''

#### %q quotes so that the shell reads it back
## dash: has none
## bash: quotes by backslashes
printf '%q\n' 'a b' "it's" '$x' 'a*' 'ä b'

#### a width that no text can have is refused
## bash: status 0
printf '%99999999999999999999s|' a >/dev/null 2>&1; test $? -ne 0 && echo refused

#### bytes that are no characters are written as they are
printf '\377%s\n' a | od -An -tx1

#### printf writes to where its redirection goes
printf '%s\n' a >f; printf '%s\n' b >>f; cat f

#### printf fails where its output is closed
(printf hi >&-) 2>/dev/null; test $? -ne 0 && echo failed

#### printf fails where its output is full
printf hi 2>/dev/null >/dev/full; test $? -ne 0 && echo failed

#### printf in a pipeline
printf '%s\n' b a c | sort

#### a long width is written in full
printf '%0100000d' 0 | wc -c | tr -d ' '; printf '%-100000s' a | wc -c | tr -d ' '; printf '%.5000f' 1 | wc -c | tr -d ' '

#### printf of a word of many lines
printf '%s' 'a
b
' 'c
'

#### text and escapes
printf 'a\tb\\n\n\101\x\n' 2>/dev/null | od -An -c | tr -s ' '
printf 'a\n' ; printf '%%\n'

#### strings
printf '[%s][%5s][%-5s][%.2s][%5.1s]\n' abc abc abc abc abc; printf '%s\n' a 'b c' ''

#### numbers
printf '%d %i %5d|%-5d|%05d %+d % d\n' 1 2 3 4 5 6 7; printf '%d %d %d\n' -5 0x1f 010; printf '%x %X %o %u %#x %#o\n' 255 255 8 42 255 8

#### precision of numbers
printf '%.3d %5.3d|%-6.2d|%.0d|\n' 5 5 5 0

#### characters as numbers
printf '%d %d %x\n' "'A" '"B' "'a"

#### characters
printf '%c%c%c\n' abc x 1

#### floats
printf '%f %.2f %e %g %8.3f|%-8.1f|%+.1f\n' 1.5 2.345 12345.678 0.0001 3.14159 2.5 1; printf '%.0f %g %G\n' 2.5 1e10 1e-10

#### escapes in arguments
printf '%b' 'a\tb\n\0101\\\n'; printf '%b|%b\n' 'stop\c' no; echo; printf '%5b|\n' 'a'

#### the format is used again
printf '%s-%s\n' a b c; printf '<%s>' a b c; echo; printf 'x\n' a b

#### missing arguments
printf '%s|%d|%s|\n'; printf '%d %s\n' 3

#### star for width and precision
printf '[%*s][%-*s][%.*s]\n' 5 a 5 b 1 cd; printf '[%*d]\n' -5 3

#### bad numbers
printf '%d\n' abc 2>/dev/null; echo $?; printf '%d\n' 3x 2>/dev/null; echo $?; printf '%d|\n' '' 2>/dev/null

#### numbers out of range
## bash: only warns
printf '%d\n' 99999999999999999999 2>/dev/null; echo $?; printf '%u\n' -1

#### a bad conversion
printf '%z\n' 2>/dev/null; echo $? | sed 's/[12]/failed/'

#### without a format
printf 2>/dev/null; test $? -ne 0 && echo failed

#### two dashes
printf -- '-a\n'; printf -- '%s\n' -b

#### octal escapes
printf '\60\061\0062|\n'; printf '%b|\n' '\060\61'

#### a backslash at the end
printf 'a\\'; echo; printf '%s\n' 'a\n'

#### bytes
printf '\377\0\200' | od -An -tx1 | tr -d ' \n'; echo

#### long widths
printf '%100s' a | wc -c | tr -d ' '; printf '%0100d' 1 | wc -c | tr -d ' '

#### quoting
## dash: has no %q
printf '%q\n' plain; eval "x=$(printf '%q' "it's \$5 \"a\"")"; echo "$x"

#### into a variable
## dash: has no -v
printf -v x '%03d' 7; echo $x

#### numbered arguments
## dash: has none
## bash: has none
printf '%2$s %1$s\n' a b c d

#### printf with numbered arguments
## dash: has none
## bash: has none
printf '%2$s %1$s\n' a b; printf '%1$s-%1$s %2$d\n' x 7

#### printf takes its format again
printf '%s-%s\n' a b c; printf '%d ' 1 2 3; echo; printf 'none\n' a b; printf '%s|%5s|%-5s|%.2s\n' a b c def; printf '%b' 'a\tb\n' 'c\0101\n' 'x\cy'; echo

#### printf and its numbers
printf '%d %d %d %i\n' 010 0x1f "'a" '"b'; printf '%o %x %X %u %c\n' 8 255 255 3 xyz; printf '%+d % d %05d %-5d|\n' 1 2 3 4; printf '%*d|%-*s|\n' 4 1 3 a; printf '%.3d\n' 5; printf '%%\n'

#### printf complains of what is no number and goes on
printf '%d\n' 3x 2>/dev/null; echo $?; printf '%d %s\n' x y 2>/dev/null; echo $?; printf '%d\n' ''; echo $?

#### an escaped quotation mark
## dash: keeps the backslash
printf '\"x\" %b\n' '\"'
