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
